package main

import (
	"errors"
	"strings"
	"testing"

	"tanxu/embeddings/bge"
	"tanxu/internal/fakeopenai"
)

func TestEmbedderInUse(t *testing.T) {
	t.Parallel()
	far, err := fakeopenai.Start(fakeopenai.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(far.Close)
	broken := "http://127.0.0.1:1/v1"
	tests := map[string]struct {
		embedder, endpoint string
		model              string // beginning of its id
		err                error
	}{
		"nothing fetched, nothing set":     {"auto", "", "static-ngram-zh/256/", nil},
		"an endpoint":                      {"auto", far.URL, "e/", nil},
		"the table beside an endpoint":     {"static", far.URL, "static-ngram-zh/256/", nil},
		"a model that is wanted, not here": {"bge", "", "", bge.ErrAbsent},
		"words alone":                      {"lexical", far.URL, "", errLexical},
		"an endpoint that is down":         {"auto", broken, "", nil},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cfg := defaults()
			cfg.Embedder, cfg.EmbedBaseURL, cfg.EmbedModel, cfg.Models = tt.embedder, tt.endpoint, "e", t.TempDir()
			e, err := newEmbedder(t.Context(), cfg)
			if tt.model == "" {
				if e != nil || err == nil || tt.err != nil && !errors.Is(err, tt.err) {
					t.Errorf("newEmbedder() = %v, %v, want %v", e, err, tt.err)
				}
				return
			}
			if err != nil || !strings.HasPrefix(e.Model().ID, tt.model) {
				t.Errorf("newEmbedder() = %v, %v, want %s", e, err, tt.model)
			}
		})
	}
}

func TestDoctorNamesTheEmbedder(t *testing.T) {
	t.Parallel()
	for embedder, want := range map[string]string{"auto": "the table in the binary", "static": "static-ngram-zh", "lexical": "lexical search only"} {
		cfg := defaults()
		cfg.Embedder, cfg.Models = embedder, t.TempDir()
		if f := checkEmbedder(t.Context(), cfg); !f.OK || !strings.Contains(f.Detail, want) {
			t.Errorf("with %s doctor says %+v, want %q", embedder, f, want)
		}
	}
	cfg := defaults()
	cfg.Embedder, cfg.Models = "bge", t.TempDir()
	if f := checkEmbedder(t.Context(), cfg); f.OK {
		t.Errorf("doctor finds nothing wrong with a model that is absent: %+v", f)
	}
}
