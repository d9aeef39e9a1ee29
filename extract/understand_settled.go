package extract

import (
	"slices"
	"unicode"

	"tanxu/need"
)

// Limits of what the rules settle alone, in letters and digits.
const (
	settledRest = 6  // that stand outside of the words that were read
	settledMark = 16 // of a message that gives no answer
)

// settled reports whether the rules have read each word of the new messages, so
// that a model could add nothing: many an answer is an amount, a date, a code
// or a refusal, and no more.
func (in UnderstandInput) settled() bool {
	return len(in.Heard) > 0 && !slices.ContainsFunc(in.Heard, func(h Heard) bool { return !in.settledBy(h) })
}

func (in UnderstandInput) settledBy(h Heard) bool {
	r := h.Rules
	if len(r.Rows)+len(r.Intents) > 0 || len(r.Values)+len(r.Marks) == 0 {
		return false
	}
	read := make([]bool, len([]rune(h.Text)))
	cover := func(e need.Evidence) {
		for i := max(0, e.Start); i < min(e.End, len(read)); i++ {
			read[i] = true
		}
	}
	asked := func(k need.Key) bool { return slices.Contains(in.Asked.Keys, k) }
	for _, f := range r.Values {
		if !asked(f.Key) || f.Key.Shape() <= need.List || !f.Checks.Rule || f.Corrects {
			return false
		}
		cover(f.Item.Evidence[0])
	}
	for _, m := range r.Marks {
		if !asked(m.Key) || m.Status != need.Declined && m.Status != need.Unknown || letters(h.Text, nil) > settledMark {
			return false
		}
		cover(m.Quote)
	}
	return letters(h.Text, read) <= settledRest
}

// letters counts the letters and digits of a text that were not read.
func letters(text string, read []bool) (n int) {
	for i, r := range []rune(text) {
		if (unicode.IsLetter(r) || unicode.IsDigit(r)) && (read == nil || !read[i]) {
			n++
		}
	}
	return n
}
