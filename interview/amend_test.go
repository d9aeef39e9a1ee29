package interview_test

import (
	"context"
	"testing"

	"tanxu/extract"
	"tanxu/interview"
	"tanxu/need"
)

// readings is a model that reads by a table of messages; the evidence is all of
// the message.
type readings map[string]extract.Reading

func (r readings) Understand(_ context.Context, in extract.UnderstandInput) (extract.Understood, error) {
	out := extract.Understood{Readings: map[string]extract.Reading{}}
	for _, h := range in.Heard {
		said := r[h.Text]
		said.Model = true
		whole := []need.Evidence{{Ref: h.Ref, End: len([]rune(h.Text)), Quote: h.Text}}
		for i := range said.Rows {
			said.Rows[i].Row.Evidence = whole
		}
		for i := range said.Values {
			said.Values[i].Item.Evidence = whole
		}
		for i := range said.Marks {
			said.Marks[i].Quote = whole[0]
		}
		out.Readings[h.Ref] = said
	}
	return out, nil
}

// A correction takes the place of the statement that it is of, and what is only
// added leaves all others; a name that the contact has not said is not his word
// until he says how the quantity is called.
func TestWhatIsAddedStaysBesideAndACorrectionReplaces(t *testing.T) {
	t.Parallel()

	const (
		first   = "钻头一根平均打八百米，想打到一千二"
		wet     = "是在花岗岩里打"
		more    = "另外还带水打"
		other   = "不对，是在石英岩里"
		renamed = "那一条我们叫单支进尺量"
		cost    = "单件成本最多涨两毛"
		shank   = "钎尾的尺寸不能动"
		dearer  = "成本我说少了，五毛以内都行"
		free    = "钎尾那条算了，可以动"
	)
	text := func(k need.Key, s string) extract.Found {
		return extract.Found{Key: k, Item: need.Item{Value: need.Value{Text: s}}}
	}
	corrected := func(f extract.Found, was string) extract.Found { f.Corrects, f.Was = true, was; return f }
	number := func(n float64) *need.Quantity { return &need.Quantity{Text: "x", Num: n} }
	row := func(r need.Indicator, corrects bool) extract.Reading {
		return extract.Reading{Rows: []extract.RowFound{{Row: r, Corrects: corrects, Model: true}}}
	}
	s := newSession(t, interview.Options{Understand: readings{
		first:   row(need.Indicator{Name: "使用寿命", Current: number(800), Target: number(1200), Op: need.AtLeast, Unit: "米"}, false),
		wet:     row(need.Indicator{ID: "i1", Name: "使用寿命", Condition: "花岗岩里"}, false),
		more:    row(need.Indicator{ID: "i1", Name: "使用寿命", Condition: "花岗岩里；带水打"}, false),
		other:   row(need.Indicator{ID: "i1", Name: "使用寿命", Condition: "石英岩里"}, true),
		renamed: row(need.Indicator{ID: "i1", Name: "单支进尺量", Checks: need.Checks{Aligned: true}}, true),
		cost:    {Values: []extract.Found{text(need.KeyConstraints, cost)}},
		shank:   {Values: []extract.Found{text(need.KeyConstraints, shank)}},
		dearer:  {Values: []extract.Found{corrected(text(need.KeyConstraints, dearer), cost)}},
		free:    {Marks: []extract.Mark{{Key: need.KeyConstraints, Status: need.Missing, Was: shank}}},
	}})
	s.send(interview.Message{Start: true, Choice: "consent.yes"})
	s.say("我们是做凿岩钻头的，合金片老是崩，钻头不耐用")
	for _, turn := range []struct {
		say, name, condition string
		aligned              bool
		constraints          string
	}{
		{first, "使用寿命", "", false, ""},
		{wet, "使用寿命", "花岗岩里", false, ""},
		{more, "使用寿命", "花岗岩里；带水打", false, ""},
		{other, "使用寿命", "石英岩里", false, ""},
		{renamed, "单支进尺量", "石英岩里", true, ""},
		{cost, "单支进尺量", "石英岩里", true, cost},
		{shank, "单支进尺量", "石英岩里", true, cost + "|" + shank},
		{dearer, "单支进尺量", "石英岩里", true, dearer + "|" + shank},
		{free, "单支进尺量", "石英岩里", true, dearer},
	} {
		s.say(turn.say)
		rows := s.need().Indicators
		if len(rows) != 1 {
			t.Fatalf("after %q: %d rows", turn.say, len(rows))
		}
		if r := rows[0]; r.Name != turn.name || r.Condition != turn.condition || r.Checks.Aligned != turn.aligned {
			t.Errorf("after %q: %s, condition %q, aligned %v", turn.say, r.Name, r.Condition, r.Checks.Aligned)
		}
		if got := s.texts(need.KeyConstraints); got != turn.constraints {
			t.Errorf("after %q: constraints %q, want %q", turn.say, got, turn.constraints)
		}
	}
}
