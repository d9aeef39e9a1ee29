package guide

import (
	"fmt"
	"strings"
)

// Markdown returns the guide as people print it, in lang: each field with its
// questions, the probes, why it is asked, what it means, and the quick replies.
func (g *Guide) Markdown(lang string) string {
	words := []string{"服务指引", "为什么问", "换个问法", "答得含糊时", "可选", "这是什么意思", "接着问"}
	if lang == "en" {
		words = []string{"Service guide", "Why", "Second wording", "After a vague answer", "Quick replies", "What it means", "For more of it"}
	}
	var b strings.Builder
	fmt.Fprintf(&b, "# %s %d (%s)\n", words[0], g.Version, g.Date)
	for i, f := range g.Fields {
		fmt.Fprintf(&b, "\n## %d. %s\n\n%s\n\n", i+1, f.Label.In(lang), f.Ask.In(lang))
		for _, l := range []struct {
			name string
			text Text
		}{{words[1], f.Why}, {words[5], f.Means}, {words[2], f.Retry}, {words[6], f.Again}} {
			fmt.Fprintf(&b, "- %s: %s\n", l.name, l.text.In(lang))
		}
		for _, p := range f.Probes {
			fmt.Fprintf(&b, "- %s: %s\n", words[3], p.In(lang))
		}
		if len(f.Choices) > 0 {
			labels := make([]string, len(f.Choices))
			for j, c := range f.Choices {
				labels[j] = c.Label.In(lang)
			}
			fmt.Fprintf(&b, "- %s: %s\n", words[4], strings.Join(labels, " / "))
		}
	}
	return b.String()
}
