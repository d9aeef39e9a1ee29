package document

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tanxu/need"
)

// How sure a name makes us of its target.
const (
	sureByName    = 0.98
	sureByWord    = 0.85
	sureByHint    = 0.6
	sureByParent  = 0.3 // what the row above the name says of all columns below it
	leastSimilar  = 0.6 // of the pairs of characters that two names share
	sureBySimilar = 0.75
)

// longestName is how many characters a name may have; what is longer says
// something itself.
const longestName = 24

var (
	bracketed = regexp.MustCompile(`[(\[【〔][^()\[\]【】〔〕]*[)\]】〕]`)
	numbering = regexp.MustCompile(`^(?:[(]?[\d一二三四五六七八九十]{1,3}[)、.．:]|第[\d一二三四五六七八九十]+[章节条项、]|[*●•◆■·]+)+`)
	amountIn  = regexp.MustCompile(`万元|亿元|千元|人民币元|元|万|个月|月|年|天`)
)

// guess is what a name or the cells of a column say of its target.
type guess struct {
	target     Target
	confidence float64
	reason     Reason
}

// plainName is a name for comparing: half width, small letters, without
// numbering, brackets, marks and white space.
func plainName(s string) string {
	s = strings.ToLower(norm.NFKC.String(s))
	s = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
	s = bracketed.ReplaceAllString(s, "")
	s = numbering.ReplaceAllString(s, "")
	return strings.Trim(s, ":;*,。、_-~★☆")
}

// unitOf is the unit that a name states for the numbers below it: in brackets,
// or at its end.
func unitOf(header string) string {
	s := norm.NFKC.String(header)
	for _, b := range bracketed.FindAllString(s, -1) {
		if unit := amountIn.FindString(b); unit != "" {
			return bareUnit(unit)
		}
	}
	for _, unit := range []string{"万元", "亿元", "千元"} {
		if strings.HasSuffix(plainName(s), unit) {
			return unit
		}
	}
	return ""
}

func bareUnit(unit string) string {
	switch unit {
	case "人民币元":
		return "元"
	case "万":
		return "万元"
	case "月":
		return "个月"
	default:
		return unit
	}
}

// lexicon looks up names.
type lexicon struct {
	names   map[string]Target
	words   []word
	hints   []word
	similar []word   // the whole names, with their pairs
	subject *Subject // of the records; nil for needs
}

type word struct {
	text   string
	target Target
	pairs  need.Gist
}

func newLexicon(s *Subject) *lexicon {
	l := &lexicon{names: map[string]Target{}, subject: s}
	list := namings()
	if s != nil {
		list = s.namings()
	}
	for _, c := range list {
		for name := range strings.FieldsSeq(c.names) {
			if _, taken := l.names[name]; taken {
				continue
			}
			l.names[name] = c.target
			if utf8.RuneCountInString(name) > 2 {
				l.similar = append(l.similar, word{name, c.target, bigrams(name)})
			}
		}
		for text := range strings.FieldsSeq(c.words) {
			l.words = append(l.words, word{text: text, target: c.target})
		}
		for text := range strings.FieldsSeq(c.hints) {
			l.hints = append(l.hints, word{text: text, target: c.target})
		}
	}
	return l
}

// name finds the target of a name.
func (l *lexicon) name(header string) guess {
	if g := l.plain(header); g.target != "" {
		return g
	}
	s := plainName(header)
	if utf8.RuneCountInString(s) > longestName {
		return guess{reason: NotKnown}
	}
	best, score := guess{reason: NotKnown}, leastSimilar
	pairs := bigrams(s)
	for _, w := range l.similar {
		if n := pairs.Likeness(w.pairs); n > score {
			best, score = guess{w.target, n * sureBySimilar, BySimilar}, n
		}
	}
	if best.target != "" {
		return best
	}
	return nearest(s, l.hints, sureByHint)
}

// plain finds the target of a name that is known, or holds a word that is: of
// several the one nearest to its end, where Chinese says what a thing is.
func (l *lexicon) plain(header string) guess {
	s := plainName(header)
	if s == "" || utf8.RuneCountInString(s) > longestName || strings.Contains(s, ":") {
		return guess{reason: NotKnown}
	}
	for _, unit := range []string{"", "万元", "亿元", "千元"} {
		if t, ok := l.names[strings.TrimSuffix(s, unit)]; ok {
			return guess{t, sureByName, ByName}
		}
	}
	return nearest(s, l.words, sureByWord)
}

// nearest finds the word of s that stands nearest to its end.
func nearest(s string, words []word, sure float64) guess {
	best, end, length := guess{reason: NotKnown}, 0, 0
	for _, w := range words {
		i := strings.LastIndex(s, w.text)
		if i < 0 {
			continue
		}
		if at := i + len(w.text); at > end || at == end && len(w.text) > length {
			best, end, length = guess{w.target, sure, ByWord}, at, len(w.text)
		}
	}
	return best
}

// bigrams are the pairs of neighbouring characters of s, each once.
func bigrams(s string) need.Gist { return need.Pairs([]rune(s)).Unique() }
