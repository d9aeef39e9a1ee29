package extract

import "strings"

// span is a part of a text, in rune offsets.
type span struct{ start, end int }

func (s span) empty() bool { return s.start >= s.end }

// text is a text as runes, with the parts that rules look at.
type text struct {
	runes  []rune
	before []rune // as it was before injections were hidden; nil if none were
	ref    string
	cut    []span // all clauses, once asked for
}

func newText(s, ref string) *text { return &text{runes: []rune(s), ref: ref} }

func (t *text) at(i int) rune {
	if i < 0 || i >= len(t.runes) {
		return 0
	}
	return t.runes[i]
}

func (t *text) str(s span) string {
	if s.empty() {
		return ""
	}
	return string(t.runes[s.start:s.end])
}

// trim drops white space, punctuation and list markers at both ends.
func (t *text) trim(s span) span {
	for !s.empty() && strings.ContainsRune(" \t\r\n\u3000，。；;、,.:：!！?？…—·•●◆■*", t.runes[s.start]) {
		s.start++
	}
	for !s.empty() && strings.ContainsRune(" \t\r\n\u3000，。；;、,.:：!！?？…—", t.runes[s.end-1]) {
		s.end--
	}
	return s
}

// sentences splits at full stops, semicolons and line breaks.
func (t *text) sentences() []span {
	return t.split(span{0, len(t.runes)}, func(i int) bool {
		switch t.runes[i] {
		case '。', '；', ';', '!', '！', '?', '？', '\n', '\r':
			return true
		}
		return false
	})
}

// clauses splits a sentence at commas; 、 and spaces part clauses only where the
// caller asks for them. Commas inside parentheses or numbers part nothing.
func (t *text) clauses(s span) []span {
	depth := 0
	return t.split(s, func(i int) bool {
		switch t.runes[i] {
		case '(', '（':
			depth++
		case ')', '）':
			depth = max(0, depth-1)
		case '，':
			return depth == 0
		case ',':
			return depth == 0 && !(isDigit(t.at(i-1)) && isDigit(t.at(i+1)))
		}
		return false
	})
}

func (t *text) split(s span, cut func(int) bool) []span {
	var out []span
	start := s.start
	for i := s.start; i < s.end; i++ {
		if !cut(i) {
			continue
		}
		if part := t.trimSpace(span{start, i}); !part.empty() {
			out = append(out, part)
		}
		start = i + 1
	}
	if part := t.trimSpace(span{start, s.end}); !part.empty() {
		out = append(out, part)
	}
	return out
}

func (t *text) trimSpace(s span) span {
	for !s.empty() && strings.ContainsRune(" \t\r\n\u3000", t.runes[s.start]) {
		s.start++
	}
	for !s.empty() && strings.ContainsRune(" \t\r\n\u3000", t.runes[s.end-1]) {
		s.end--
	}
	return s
}

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= '０' && r <= '９' }

// containsAny reports whether s contains one of the words.
func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}
