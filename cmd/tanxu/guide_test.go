package main

import (
	"strings"
	"testing"
)

func TestGuideIsPrinted(t *testing.T) {
	t.Parallel()

	for lang, title := range map[string]string{"zh": "# 服务指引 ", "en": "# Service guide "} {
		var out strings.Builder
		root := newRoot()
		root.SetOut(&out)
		root.SetArgs([]string{"guide", "--lang", lang})
		if err := root.Execute(); err != nil || !strings.HasPrefix(out.String(), title) {
			t.Errorf("guide --lang %s: %v, %.80s", lang, err, out.String())
		}
	}
}
