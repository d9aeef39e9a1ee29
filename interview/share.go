package interview

import (
	"slices"

	"tanxu/extract"
	"tanxu/need"
)

// takeShares applies a reading to one need: where parts of an answer are about
// other fields than the one that was asked, each as the answer to a question for
// its own.
func (t *turn) takeShares(n *need.Need, m Message, r extract.Reading) {
	if len(r.Shares) == 0 || sorted(r) || t.s.Phase != PhaseInterviewing {
		t.takeFor(n, m, r)
		return
	}
	asked, scope := t.asked, t.scope
	for i, s := range r.Shares {
		t.scope = span{s.Start, s.End}
		part := within(r, t.scope)
		if s.Key == extract.None {
			for _, mark := range part.Marks {
				t.mark(n, mark, m)
			}
			continue
		}
		t.asked = Question{ID: asked.ID, Need: n.ID, Keys: []need.Key{s.Key}}
		if !slices.Contains(asked.Keys, s.Key) {
			t.asked.ID, t.beside = "", true
		}
		if i > 0 {
			part.Routes, part.Suggested = nil, nil
		}
		t.takeFor(n, m, part)
		t.asked, t.beside = asked, false
	}
	t.scope = scope
	states := slices.ContainsFunc(r.Shares, func(s extract.Share) bool { return s.Key != extract.None })
	t.again = t.again || !states
	t.strays(n, m, r.Shares, asked.Keys)
	t.astray = states && !slices.ContainsFunc(r.Shares, func(s extract.Share) bool { return slices.Contains(asked.Keys, s.Key) })
}

// strays says where the words went that are about another field than the one that
// was asked, where that is one text alone: whoever meant them otherwise can say so.
func (t *turn) strays(n *need.Need, m Message, shares []extract.Share, asked []need.Key) {
	told := slices.DeleteFunc(slices.Clone(shares), func(s extract.Share) bool { return s.Key == extract.None })
	if len(told) != 1 || told[0].Key.Shape() > need.List || slices.Contains(asked, told[0].Key) || len(n.Field(told[0].Key).Items) == 0 {
		return
	}
	words := excerpt(string([]rune(m.Text)[told[0].Start:told[0].End]), 18)
	t.acks = append(t.acks, t.text("ack_moved", "term", words, "label", t.guide.Label(told[0].Key, t.lang())))
}

// within leaves of a reading what rests on words of a span.
func within(r extract.Reading, s span) extract.Reading {
	in := func(list []need.Evidence) bool {
		return slices.ContainsFunc(list, func(e need.Evidence) bool { return e.Start < s.end && s.start < e.End })
	}
	r.Shares = nil
	r.Values = slices.DeleteFunc(slices.Clone(r.Values), func(f extract.Found) bool { return !in(f.Item.Evidence) })
	r.Rows = slices.DeleteFunc(slices.Clone(r.Rows), func(f extract.RowFound) bool { return !in(f.Row.Evidence) })
	r.Marks = slices.DeleteFunc(slices.Clone(r.Marks), func(k extract.Mark) bool { return !in([]need.Evidence{k.Quote}) })
	return r
}
