package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func TestLoadConfig(t *testing.T) {
	t.Parallel()
	secret := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(secret, []byte("sk-123\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	yaml := filepath.Join(t.TempDir(), "tanxu.yaml")
	if err := os.WriteFile(yaml, []byte("addr: 0.0.0.0:80\nworkers: 4\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	tests := map[string]struct {
		env  []string
		want func(config) bool
		err  string
	}{
		"defaults":                      {nil, func(c config) bool { return c.Addr == "127.0.0.1:8080" && c.BaseURL == "http://127.0.0.1:8080" }, ""},
		"the environment":               {[]string{"TANXU_ADDR=:9", "TANXU_DEMO=1", "TANXU_DRAIN_TIME=3s"}, func(c config) bool { return c.Addr == ":9" && c.Demo && c.DrainTime == 3*time.Second }, ""},
		"a file":                        {[]string{"TANXU_CONFIG=" + yaml}, func(c config) bool { return c.Addr == "0.0.0.0:80" && c.Workers == 4 }, ""},
		"the environment over the file": {[]string{"TANXU_CONFIG=" + yaml, "TANXU_WORKERS=9"}, func(c config) bool { return c.Workers == 9 }, ""},
		"a secret in a file":            {[]string{"TANXU_LLM_BASE_URL=http://m", "TANXU_LLM_MODEL=q", "TANXU_LLM_API_KEY_FILE=" + secret}, func(c config) bool { return c.LLMAPIKey == "sk-123" }, ""},
		"DATABASE_URL":                  {[]string{"DATABASE_URL=postgres://x"}, func(c config) bool { return c.DatabaseURL == "postgres://x" }, ""},
		"other programs' keys":          {[]string{"HOME=/x", "TANXUX=1"}, func(c config) bool { return c.Addr != "" }, ""},
		"an unknown key":                {[]string{"TANXU_ADDRESS=:9"}, nil, "address"},
		"a file for what is no secret":  {[]string{"TANXU_ADDR_FILE=" + secret}, nil, "addr_file"},
		"a missing secret file":         {[]string{"TANXU_LLM_API_KEY_FILE=/nowhere"}, nil, "TANXU_LLM_API_KEY_FILE"},
		"a number that is none":         {[]string{"TANXU_WORKERS=many"}, nil, "workers"},
		"a model without endpoint":      {[]string{"TANXU_LLM_MODEL=q"}, nil, "go together"},
		"an embedder unheard of":        {[]string{"TANXU_EMBEDDER=hashed"}, nil, "TANXU_EMBEDDER"},
		"a reranker of a strange shape": {[]string{"TANXU_RERANK_BASE_URL=http://r", "TANXU_RERANK_SHAPE=soap"}, nil, "TANXU_RERANK_SHAPE"},
		"a reranker without address":    {[]string{"TANXU_RERANK_MODEL=m"}, nil, "TANXU_RERANK_BASE_URL"},
		"a next embedder unheard of":    {[]string{"TANXU_EMBEDDER_NEXT=best"}, nil, "TANXU_EMBEDDER_NEXT"},
		"a webhook without secret":      {[]string{"TANXU_TELEGRAM_TOKEN=1:a", "TANXU_TELEGRAM_MODE=webhook"}, nil, "TANXU_TELEGRAM_SECRET"},
		"networks for webhooks":         {[]string{"TANXU_WEBHOOK_ALLOW=127.0.0.0/8, ::1/128"}, func(c config) bool { l, err := c.webhookAllow(); return err == nil && len(l) == 2 }, ""},
		"a network that is none":        {[]string{"TANXU_WEBHOOK_ALLOW=localhost"}, nil, "TANXU_WEBHOOK_ALLOW"},
		"a zone that does not exist":    {[]string{"TANXU_TIMEZONE=Mars/North"}, nil, "TANXU_TIMEZONE"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c, err := loadConfig(tt.env)
			switch {
			case tt.err == "" && err != nil:
				t.Errorf("loadConfig() = %v", err)
			case tt.err == "" && !tt.want(c):
				t.Errorf("loadConfig() = %+v", c)
			case tt.err != "" && (err == nil || !strings.Contains(err.Error(), tt.err)):
				t.Errorf("loadConfig() = %v, want an error that names %q", err, tt.err)
			}
		})
	}
}
