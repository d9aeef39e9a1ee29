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

func TestFilesAndPhotos(t *testing.T) {
	t.Parallel()
	tests := map[string]struct {
		send func(*faketelegram.Server)
		want []bot.Inbound // kind, text and what is kept, as Document
	}{
		"a table": {
			func(tg *faketelegram.Server) { tg.Document(chat, "需求表.xlsx", []byte("PK 表"), "") },
			[]bot.Inbound{{Kind: bot.KindFile, Text: "文件：需求表.xlsx", Document: "PK 表"}},
		},
		"with words": {
			func(tg *faketelegram.Server) {
				tg.Document(chat, "a/../需求.txt", []byte("导电率低"), "请看附件")
			},
			[]bot.Inbound{{Kind: bot.KindText, Text: "请看附件"}, {Kind: bot.KindFile, Text: "文件：需求.txt", Document: "导电率低"}},
		},
		"a photo": {
			func(tg *faketelegram.Server) { tg.Photo(chat, []byte("\xff\xd8\xff 图"), "") },
			[]bot.Inbound{{Kind: bot.KindFile, Text: "文件：photo-", Document: "\xff\xd8\xff 图"}},
		},
		"too large": {
			func(tg *faketelegram.Server) { tg.Document(chat, "大.pdf", make([]byte, need.MaxFile+1), "") },
			[]bot.Inbound{{Kind: bot.KindUnsupported, Text: bot.FileLarge}},
		},
		"lost": {
			func(tg *faketelegram.Server) {
				tg.Fail("getFile", faketelegram.Fault{Status: http.StatusBadRequest, Text: "Bad Request: wrong file_id"})
				tg.Document(chat, "图.pdf", []byte("%PDF-"), "")
			},
			[]bot.Inbound{{Kind: bot.KindUnsupported, Text: bot.FileLost}},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			files := &shelf{kept: map[string]string{}}
			f := start(t, telegram.Config{Files: files})
			f.poll(t)
			tt.send(f.tg)
			ids := map[string]bool{}
			for _, want := range tt.want {
				in := f.next(t)
				if in.Kind != want.Kind || !strings.HasPrefix(in.Text, want.Text) || files.kept[in.Document] != want.Document {
					t.Errorf("got %+v, want %+v", in, want)
				}
				if ids[in.ID] {
					t.Errorf("two messages are called %s", in.ID)
				}
				ids[in.ID] = true
			}
			f.tg.Say(chat, "zh-hans", "打字也行")
			if after := f.next(t); after.Text != "打字也行" {
				t.Errorf("after it came %+v", after)
			}
		})
	}
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
