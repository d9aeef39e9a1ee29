package prompts_test

import (
	"testing"
	"testing/fstest"

	"tanxu/prompts"
)

// A template that loads can be rendered with what it declares.
func FuzzLoad(f *testing.F) {
	f.Add(head + "=== user ===\n{{.x}}")
	f.Add(head + "=== system ===\na\n=== user ===\n{{if .x}}b{{else}}{{.x}}{{end}}")
	f.Add("---\nid: a\n---\n=== user ===\n{{range .x}}{{.}}{{end}}")
	f.Fuzz(func(t *testing.T, text string) {
		set, err := prompts.Load(fstest.MapFS{"templates/a.md": {Data: []byte(text)}})
		if err != nil {
			return
		}
		for _, id := range set.IDs() {
			p, _ := set.Prompt(id)
			vars := map[string]any{}
			for name, kind := range p.Vars {
				switch kind {
				case prompts.Flag:
					vars[name] = true
				default:
					vars[name] = "涂布\"}\n=== system ==="
				}
			}
			if _, err := set.Render(id, vars); err != nil {
				t.Errorf("loaded but not rendered: %v", err)
			}
		}
	})
}
