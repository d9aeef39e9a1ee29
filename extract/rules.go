package extract

import (
	"slices"
	"strings"

	"tanxu/need"
)

// Rules reads texts by rules alone: no model, no network, the same answer each
// time. It is safe for concurrent use.
type Rules struct{}

// NewRules returns a reader.
func NewRules() *Rules { return &Rules{} }

// maxRead bounds what is read of one text, in runes; the rest is kept by the
// caller but not searched.
const maxRead = 12_000

// Read reads a text. An answer (c.Asked is set) belongs to the fields that were
// asked, unless it says otherwise; a free text may speak of any field.
func (r *Rules) Read(s string, c Context) Reading {
	t := newText(s, c.Ref)
	if len(t.runes) > maxRead {
		t.runes = t.runes[:maxRead]
	}
	if intent, ok := command(string(t.runes)); ok {
		return Reading{Intents: []Intent{intent}}
	}
	hidden := t.hideInjections()
	t.breathe()
	read := reader{t: t, c: c, taken: takesBack(string(t.runes))}
	read.out.Intents = intents(string(t.runes), c)
	if hidden {
		read.out.Intents = append(read.out.Intents, Inject)
	}
	if read.taken {
		read.out.Intents = append(read.out.Intents, Correct)
	}
	switch {
	case len(c.Asked) > 0:
		read.answer()
	case !idle(string(t.runes)):
		read.free()
	}
	read.correct()
	read.noIndicator()
	read.out.Routes = routes(t)
	return read.out
}

// reader is one call of Read.
type reader struct {
	t     *text
	c     Context
	taken bool // the text takes something back
	out   Reading
}

// evidence returns the words of a span, which is trimmed first.
func (t *text) evidence(s span) need.Evidence {
	s = t.trim(s)
	return need.Evidence{Ref: t.ref, Start: s.start, End: s.end, Quote: t.original(s)}
}

// original is the text of a span before injections were hidden.
func (t *text) original(s span) string {
	if t.before != nil {
		return string(t.before[s.start:s.end])
	}
	return t.str(s)
}

// add adds a statement of a text or list, unless it is there already.
func (rd *reader) add(k need.Key, s span) {
	e := rd.t.evidence(s)
	if len([]rune(e.Quote)) < 2 {
		return
	}
	for _, f := range rd.out.Values {
		if f.Key == k && f.Item.Value.Text == e.Quote {
			return
		}
	}
	rd.found(k, need.Value{Text: e.Quote}, s)
}

// found adds a value that rests on the words of a span.
func (rd *reader) found(k need.Key, v need.Value, s span) {
	rd.out.Values = append(rd.out.Values, Found{
		Key: k, Item: need.Item{Value: v, Evidence: []need.Evidence{rd.t.evidence(s)}},
		Checks: need.Checks{Rule: true, Aligned: true},
	})
}

// has reports whether a value of field k was found.
func (rd *reader) has(k need.Key) bool {
	return slices.ContainsFunc(rd.out.Values, func(f Found) bool { return f.Key == k })
}

// mark adds a mark with the words of a span.
func (rd *reader) mark(k need.Key, status need.FieldStatus, to string, s span) {
	m := Mark{Key: k, Status: status, To: to, Quote: rd.t.evidence(s)}
	if k == need.KeyIndicator && rd.c.Row != nil {
		m.Row = rd.c.Row.ID
	}
	rd.out.Marks = append(rd.out.Marks, m)
}

// whole is the whole text as one span.
func (t *text) whole() span { return t.trimSpace(span{0, len(t.runes)}) }

// plainText is a text for comparing with commands and small talk: lower case,
// without punctuation and spaces around.
func plainText(s string) string {
	return strings.ToLower(strings.Trim(strings.TrimSpace(s), " \t\r\n，。；;、,.:：!！?？…~～—-“”\"'（）()"))
}
