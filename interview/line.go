package interview

import (
	"slices"
	"strconv"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// correctLine takes a correction of one line of the card.
func (t *turn) correctLine(n *need.Need, m Message, c correction, r extract.Reading) {
	before := len(t.changed)
	k := need.Key(c.key)
	_, isRow := strings.CutPrefix(c.key, "indicator:")
	switch {
	case c.drops:
		t.dropLine(n, m, c)
	case c.tail.start >= c.tail.end:
	case c.key == "title":
		words := line(string([]rune(m.Text)[c.tail.start:c.tail.end]))
		t.emit(need.Event{Kind: need.TitleSet, By: need.Contact, Need: n.ID, Message: m.ID, Note: cut(words, maxTitle)})
		t.changed = append(t.changed, "title")
	case !isRow && k.Known() && k.Shape() <= need.List:
		t.rewrite(n, m, k, c)
	default:
		t.reread(n, m, c, r)
	}
	if len(t.changed) == before && !strings.HasPrefix(t.asked.ID, "line:") {
		t.askLine(c.key)
	}
}

// reread reads the words of a correction as the value of one field, or row, that
// is no text; what the rules cannot read, the model may have.
func (t *turn) reread(n *need.Need, m Message, c correction, model extract.Reading) {
	k := need.Key(c.key)
	if id, ok := strings.CutPrefix(c.key, "indicator:"); ok {
		k = need.KeyIndicator
		t.asked = Question{ID: "indicator.target:" + id, Need: n.ID, Keys: []need.Key{k}}
	} else {
		t.asked = Question{ID: c.key + ".again", Need: n.ID, Keys: []need.Key{k}}
	}
	read := t.read.Read(string([]rune(m.Text)[c.tail.start:c.tail.end]), t.context(m, t.asked.Keys))
	r := only(shifted(read, c.tail.start), k)
	if len(r.Values)+len(r.Rows)+len(r.Marks) == 0 {
		r = only(model, k)
	}
	r.Intents = append(r.Intents, extract.Correct)
	t.scope = c.tail
	t.takeFor(n, m, r)
}

// only leaves of a reading what it says of one field.
func only(r extract.Reading, k need.Key) extract.Reading {
	out := extract.Reading{Model: true, Intents: slices.Clone(r.Intents)}
	for _, f := range r.Values {
		if f.Key == k {
			out.Values = append(out.Values, f)
		}
	}
	for _, mark := range r.Marks {
		if mark.Key == k || mark.Key == "" {
			out.Marks = append(out.Marks, mark)
		}
	}
	if k == need.KeyIndicator {
		out.Rows = r.Rows
	}
	return out
}

// rewrite puts the words of a correction in the place of all that a text held,
// or behind it where more is said of the same.
func (t *turn) rewrite(n *need.Need, m Message, k need.Key, c correction) {
	text, parts := []rune(m.Text), []span{c.tail}
	if k.Shape() == need.List {
		parts = sentences(text[:c.tail.end])
		parts = slices.DeleteFunc(parts, func(s span) bool { return s.end <= c.tail.start })
		parts[0].start = c.tail.start
	}
	kind := need.ValueCorrected
	if c.adds || len(n.Field(k).Items) == 0 {
		kind = need.ValueSet
	}
	for _, s := range parts {
		words := evidence(m, text, trim(text, s))
		item := need.Item{Evidence: []need.Evidence{words}, Value: need.Value{Text: words.Quote}}
		e := need.Event{Kind: kind, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Item: &item, Checks: need.Checks{Aligned: true}}
		if kind == need.ValueCorrected {
			e.Note = "corrected by the contact"
		}
		t.emit(e)
		kind = need.ValueSet
	}
	t.changed = append(t.changed, string(k))
}

// shifted moves the evidence of a reading of the tail of a message to where it
// stands in the whole.
func shifted(r extract.Reading, by int) extract.Reading {
	move := func(list []need.Evidence) []need.Evidence {
		out := slices.Clone(list)
		for i := range out {
			out[i].Start += by
			out[i].End += by
		}
		return out
	}
	for i := range r.Values {
		r.Values[i].Item.Evidence = move(r.Values[i].Item.Evidence)
	}
	for i := range r.Rows {
		r.Rows[i].Row.Evidence = move(r.Rows[i].Row.Evidence)
	}
	for i := range r.Marks {
		r.Marks[i].Quote.Start += by
		r.Marks[i].Quote.End += by
	}
	for i := range r.Shares {
		r.Shares[i].Start += by
		r.Shares[i].End += by
	}
	return r
}

func ordinal(s string) int {
	if n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)); err == nil {
		return n
	}
	n := 0
	for _, r := range s {
		d := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十' && n == 0:
			n = 10
		case r == '十':
			n *= 10
		default:
			n += d/len("一") + 1
		}
	}
	return n
}

// askLine asks for the right words of one line.
func (t *turn) askLine(key string) {
	label := t.guide.Label(need.Key(key), t.lang())
	if row := t.active().Row(strings.TrimPrefix(key, "indicator:")); row != nil {
		label = line(row.Name)
	}
	if key == "title" {
		label = t.text("line_title")
	}
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: "line:" + key})
	for _, l := range t.lines(t.active()) {
		if l.Key == key && l.Value != "" {
			t.flush(t.text("ask_line_now", "label", label, "value", cut(line(l.Value), 60)))
			t.quiet = true
			return
		}
	}
	t.flush(t.text("ask_line", "label", label))
	t.quiet = true
}

// askFix asks which line is wrong.
func (t *turn) askFix() {
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: "fix"})
	t.flush(t.text("ask_fix"))
	t.quiet = true
}
