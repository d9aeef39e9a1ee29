package webchat_test

import (
	"context"
	"net/http"
	"testing"

	"tanxu/bot"
	"tanxu/bot/webchat"
	"tanxu/need"
)

// shelf keeps files in memory.
type shelf struct {
	down bool
	kept map[string]string // content by name
}

func (s *shelf) KeepFile(_ context.Context, _ webchat.Session, name string, content []byte) (string, error) {
	if s.down {
		return "", need.Errorf(need.Unavailable, "database_down", "connection refused")
	}
	s.kept[name] = string(content)
	return "document-1", nil
}

func TestAFileIsKeptWithItsMessage(t *testing.T) {
	t.Parallel()
	files := &shelf{kept: map[string]string{}}
	p := serve(t, webchat.Options{Files: files})
	body, kind := multipartOf(t, "file", "需求.csv", "企业,需求\n甲,乙\n")
	if got := p.do(http.MethodPost, p.path("/files"), body, "Content-Type", kind); got.status != http.StatusAccepted {
		t.Fatalf("answer = %d %s", got.status, got.body)
	}
	in := p.store.kept()
	last := in[len(in)-1]
	if last.Kind != bot.KindFile || last.Document != "document-1" || last.Text != "文件：需求.csv" || files.kept["需求.csv"] != "企业,需求\n甲,乙\n" {
		t.Errorf("inbound = %+v, files = %v", last, files.kept)
	}
	files.down = true
	if got := p.do(http.MethodPost, p.path("/files"), body, "Content-Type", kind); got.status != http.StatusServiceUnavailable || len(p.store.kept()) != len(in) {
		t.Errorf("a file that cannot be kept: %d, %d messages", got.status, len(p.store.kept()))
	}
}
