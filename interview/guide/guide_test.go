package guide_test

import (
	"os"
	"regexp"
	"strings"
	"testing"

	"tanxu/interview/guide"
	"tanxu/need"
)

func script(t *testing.T) string {
	t.Helper()
	data, err := os.ReadFile("guide.zh-en.yaml")
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func TestBuiltIn(t *testing.T) {
	t.Parallel()

	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	if f, c := g.Choice("budget.50-100"); f == nil || f.Key != need.KeyBudget || c.Max != 100 {
		t.Errorf("Choice(budget.50-100) = %v, %v", f, c)
	}
	if got := g.Row.Target.In("zh", "name", "导电率"); got != "“导电率”要做到多少才算合格？" {
		t.Errorf("target question = %s", got)
	}
	for _, lang := range []string{"zh", "en"} {
		if md := g.Markdown(lang); strings.Count(md, "\n## ") != len(g.Fields) || strings.Contains(md, "{") {
			t.Errorf("Markdown(%s) lacks fields or shows placeholders:\n%s", lang, md)
		}
	}
}

// No question may propose a value: digits stand only in the budget's bands.
func TestNoValueIsProposed(t *testing.T) {
	t.Parallel()

	g, err := guide.Load()
	if err != nil {
		t.Fatal(err)
	}
	digit := regexp.MustCompile(`[0-9]`)
	for _, f := range g.Fields {
		for _, q := range append([]guide.Text{f.Ask, f.Retry, f.Again}, f.Probes...) {
			if digit.MatchString(q.ZH + q.EN) {
				t.Errorf("%s: %s / %s", f.Key, q.ZH, q.EN)
			}
		}
		if f.Key != need.KeyBudget {
			for _, c := range f.Choices {
				if c.Min != 0 || c.Max != 0 {
					t.Errorf("%s has bands", f.Key)
				}
			}
		}
	}
}

func TestParseRefuses(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ old, with string }{
		"an unknown key":                      {"version: 2", "version: 2\nauthor: 某人"},
		"a missing language":                  {"label: {zh: 主要问题, en: Main problem}", "label: {zh: 主要问题}"},
		"two question marks":                  {"您在现场看到的是什么样子？", "是吗？您在现场看到的是什么样子？"},
		"no question mark":                    {"您自己判断是什么原因造成的？", "您自己判断是什么原因造成的。"},
		"a text that is gone":                 {"  ack_plain:", "  ack_other:"},
		"a field twice":                       {"- key: scene", "- key: problem"},
		"placeholders that differ":            {"The date \"{term}\"", "The date"},
		"a choice id no channel can carry":    {"budget.0-20", "budget.0—20"},
		"a choice with a value and with cash": {"max: 20}", "max: 20, value: 委托研发}"},
		"no version":                          {"version: 2", "version: 0"},
		"a route that is gone":                {"  talent:", "  talents:"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			text := script(t)
			if !strings.Contains(text, tt.old) {
				t.Fatalf("the script has no %q to change", tt.old)
			}
			_, err := guide.Parse([]byte(strings.Replace(text, tt.old, tt.with, 1)))
			if need.KindOf(err) != need.Invalid {
				t.Errorf("Parse() = %v, want an Invalid error", err)
			}
		})
	}
}
