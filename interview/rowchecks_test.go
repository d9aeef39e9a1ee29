package interview_test

import (
	"context"
	"testing"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/need"
)

// reader is a model that reads by a table of messages.
type reader map[string]need.Indicator

func (r reader) Understand(_ context.Context, in extract.UnderstandInput) (extract.Understood, error) {
	out := extract.Understood{Readings: map[string]extract.Reading{}}
	for _, h := range in.Heard {
		row, ok := r[h.Text]
		if !ok {
			continue
		}
		row.Evidence = []need.Evidence{{Ref: h.Ref, End: len([]rune(h.Text)), Quote: h.Text}}
		out.Readings[h.Ref] = extract.Reading{Model: true, Rows: []extract.RowFound{{Row: row, Corrects: row.ID != ""}}}
	}
	return out, nil
}

// The checks of a row are those of the numbers that stand in it: a number that
// only the model has read is not trusted for what was read before it.
func TestARowIsTrustedForItsOwnNumbers(t *testing.T) {
	t.Parallel()

	const first, second, third = "面密度偏差现在2.5%，要做到1.2%以内", "前头那个说高了，还要往下走", "在走带八十米的时候测"
	trusted := need.Checks{Rule: true, Aligned: true, Agree: true}
	number := func(n float64) *need.Quantity { return &need.Quantity{Text: "x", Num: n} }
	s := newSession(t, interview.Options{Understand: reader{
		first:  {Name: "面密度偏差", Current: number(2.5), Target: number(1.2), Op: need.AtMost, Unit: "%", Checks: trusted},
		second: {ID: "i1", Name: "面密度偏差", Current: number(2.1), Checks: need.Checks{Aligned: true}},
		third:  {ID: "i1", Name: "面密度偏差", Condition: third, Checks: need.Checks{Aligned: true}},
	}})
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	for _, turn := range []struct {
		say  string
		want need.Checks
	}{{first, trusted}, {second, need.Checks{Aligned: true}}, {third, need.Checks{Aligned: true}}} {
		s.say(turn.say)
		if rows := s.need().Indicators; len(rows) != 1 || rows[0].Checks != turn.want {
			t.Fatalf("after %q: %+v, want %+v", turn.say, rows[0].Checks, turn.want)
		}
	}
}
