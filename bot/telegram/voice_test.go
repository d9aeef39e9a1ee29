package telegram_test

import (
	"context"
	"net/http"
	"strings"
	"sync"
	"testing"

	"tanxu/bot"
	"tanxu/bot/telegram"
	"tanxu/internal/faketelegram"
	"tanxu/need"
)

// shelf keeps files; err, when set, is given for the next ones.
type shelf struct {
	mu   sync.Mutex
	kept map[string]string // by id
	errs []error
}

func (s *shelf) KeepFile(_ context.Context, _, chat, name string, content []byte) (string, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.errs) > 0 {
		err := s.errs[0]
		s.errs = s.errs[1:]
		return "", err
	}
	s.kept[chat+"/"+name] = string(content)
	return chat + "/" + name, nil
}

func TestVoiceNotes(t *testing.T) {
	t.Parallel()
	const sound = "OggS a voice"
	large := strings.Repeat("x", need.MaxFile+1)
	tests := map[string]struct {
		sound string
		fail  map[string]faketelegram.Fault
		errs  []error
		kind  bot.InboundKind
		text  string
	}{
		"kept":                      {sound, nil, nil, bot.KindFile, "语音："},
		"kept once the store is up": {sound, nil, []error{need.Errorf(need.Unavailable, "database", "down")}, bot.KindFile, "语音："},
		"before any conversation":   {sound, nil, []error{need.Errorf(need.NotFound, "conversation", "none")}, bot.KindUnsupported, "voice"},
		"too large":                 {large, nil, nil, bot.KindUnsupported, bot.VoiceLarge},
		"not handed out": {
			sound, map[string]faketelegram.Fault{"getFile": {Status: http.StatusBadRequest, Text: "Bad Request: wrong file_id"}}, nil,
			bot.KindUnsupported, bot.VoiceLost,
		},
		"breaks off": {sound, map[string]faketelegram.Fault{"file": {Close: true}}, nil, bot.KindUnsupported, bot.VoiceLost},
		"gone":       {sound, map[string]faketelegram.Fault{"file": {Status: http.StatusNotFound, Text: "<html>"}}, nil, bot.KindUnsupported, bot.VoiceLost},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := &shelf{kept: map[string]string{}, errs: tt.errs}
			f := start(t, telegram.Config{Files: files})
			for method, fault := range tt.fail {
				// A client of HTTP tries a closed connection again by itself.
				f.tg.Fail(method, fault, fault)
			}
			f.poll(t)
			f.tg.Voice(chat, []byte(tt.sound))
			in := f.next(t)
			if in.Kind != tt.kind || !strings.HasPrefix(in.Text, tt.text) {
				t.Fatalf("got %+v", in)
			}
			if tt.kind == bot.KindFile && (files.kept[in.Document] != tt.sound || !strings.HasSuffix(in.Text, ".ogg")) {
				t.Errorf("kept %d files, %+v", len(files.kept), in)
			}
			f.tg.Say(chat, "zh-hans", "打字也行")
			if after := f.next(t); after.Text != "打字也行" {
				t.Errorf("after it came %+v", after)
			}
			if strings.Contains(f.log.String(), "SECRET-PART") {
				t.Error("the token is in the log")
			}
		})
	}
}
