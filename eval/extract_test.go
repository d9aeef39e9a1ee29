package eval_test

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"tanxu/eval"
	"tanxu/extract"
	"tanxu/need"
	"tanxu/need/record"
)

const (
	markedTexts = `{"id":"a","title":"轮毂","text":"目前合格率只有82%。要求合格率提高到95%以上，抗拉强度≥450MPa。项目计划投入200万元。"}
{"id":"b","title":"无指标","text":"希望与高校合作开发。"}`
	marks = `{"id":"a","fields":{"budget":[{"min":200,"max":200,"quote":"项目计划投入200万元"}],"problem":[{"quote":"目前合格率只有82%"}]},
 "indicators":[{"name":"合格率","current":"82","op":"≥","target":"95","unit":"%","condition":"","quote":"…"},
 {"name":"抗拉强度","current":null,"op":"≥","target":"450","unit":"兆帕","condition":null,"quote":"…"}]}
{"id":"b","fields":{"coop_mode":[{"value":"合作研发","quote":"合作开发"}]},"indicators":[]}`
)

// marked are the marks, one need a line.
func marked() *strings.Reader { return strings.NewReader(strings.ReplaceAll(marks, "\n ", " ")) }

func TestExtract(t *testing.T) {
	t.Parallel()

	rules := extract.NewRules()
	tests := map[string]struct {
		read  func(eval.Text) *need.Need
		score string
		f1    float64
	}{
		"nothing read, rows":       {func(eval.Text) *need.Need { return need.Fold("x", nil) }, eval.ScoreValueUnit, 0},
		"nothing read, budget":     {func(eval.Text) *need.Need { return need.Fold("x", nil) }, "budget", 0},
		"rules, value and unit":    {byRules(rules), eval.ScoreValueUnit, 1},
		"rules, name and operator": {byRules(rules), eval.ScoreFull, 1},
		"rules, budget":            {byRules(rules), "budget", 1},
		"rules, mode":              {byRules(rules), "coop_mode", 1},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r, err := eval.Extract(context.Background(), tt.read, marked(), strings.NewReader(markedTexts))
			if err != nil {
				t.Fatal(err)
			}
			s, ok := r.Score(tt.score)
			if !ok || s.Mean != tt.f1 {
				t.Errorf("%s = %+v, want %v", tt.score, s, tt.f1)
			}
			if s.Low > s.Mean || s.High < s.Mean {
				t.Errorf("the interval %v to %v does not hold %v", s.Low, s.High, s.Mean)
			}
		})
	}
}

func byRules(r *extract.Rules) func(eval.Text) *need.Need {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	return func(t eval.Text) *need.Need { return extract.FromText(r, t.Title, t.Text, now) }
}

func TestExtractPrints(t *testing.T) {
	t.Parallel()

	r, err := eval.Extract(context.Background(), byRules(extract.NewRules()), marked(), strings.NewReader(markedTexts))
	if err != nil {
		t.Fatal(err)
	}
	var table bytes.Buffer
	if err := r.Print(&table); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(table.String(), "n=2") || !strings.Contains(table.String(), eval.ScoreValueUnit) {
		t.Errorf("table:\n%s", table.String())
	}
}

func TestExtractRefuses(t *testing.T) {
	t.Parallel()

	tests := map[string]struct{ gold, texts, code string }{
		"broken gold":    {`{"id":`, markedTexts, "json_line"},
		"broken texts":   {`{"id":"a"}`, `{`, "json_line"},
		"a missing text": {`{"id":"zz"}`, markedTexts, "text_missing"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			_, err := eval.Extract(context.Background(), byRules(extract.NewRules()), strings.NewReader(tt.gold), strings.NewReader(tt.texts))
			if need.CodeOf(err) != tt.code {
				t.Errorf("error = %v, want code %s", err, tt.code)
			}
		})
	}
}

// Records that another program wrote score as the reading they hold.
func TestExtractScoresRecords(t *testing.T) {
	t.Parallel()

	read := byRules(extract.NewRules())
	var lines bytes.Buffer
	for _, line := range strings.Split(markedTexts, "\n") {
		var text eval.Text
		if err := json.Unmarshal([]byte(line), &text); err != nil {
			t.Fatal(err)
		}
		r := record.Of(read(text))
		r.ID = need.ID(text.ID)
		if err := json.NewEncoder(&lines).Encode(r); err != nil {
			t.Fatal(err)
		}
	}
	records, err := eval.Records(&lines)
	if err != nil {
		t.Fatal(err)
	}
	want, err := eval.Extract(t.Context(), read, marked(), strings.NewReader(markedTexts))
	if err != nil {
		t.Fatal(err)
	}
	got, err := eval.Extract(t.Context(), records, marked(), strings.NewReader(markedTexts))
	if err != nil || !slices.Equal(got.Scores, want.Scores) {
		t.Errorf("error %v, scores\n%+v, want\n%+v", err, got.Scores, want.Scores)
	}
	if _, err := eval.Records(strings.NewReader(`{"id":"a","fields":{"budget":{"value":"much"}}}`)); err == nil {
		t.Error("a budget that is a word is taken")
	}
}
