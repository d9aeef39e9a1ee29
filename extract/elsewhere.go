package extract

import (
	"slices"
	"strings"

	"tanxu/need"
)

// Share is a part of an answer, in runes, and the field that it is about.
type Share struct {
	Key        need.Key
	Start, End int
}

// told are the questions whose answers tell a story: money and dates in it are
// those of the story unless it says otherwise.
func told() []need.Key {
	return []need.Key{need.KeyTried, need.KeyProblem, need.KeyRootCause, need.KeyConstraints, need.KeyFoundation}
}

// Bounds of what is parted: longer texts are reports, which other rules read.
const (
	longestAnswer = 1500 // runes
	mostShares    = 24
)

// shares parts an answer by the fields that its clauses are about, nil where all
// of it answers what was asked: people answer the question that they have in
// mind, and other questions beside the one that was asked.
func (rd *reader) shares() []Share {
	asked := rd.c.Asked[0]
	if len(rd.t.runes) > longestAnswer {
		return nil
	}
	if rd.amends(asked) {
		return rd.amendment()
	}
	if out := rd.astray(); out != nil {
		return out
	}
	carry, other, many := asked, false, len(rd.c.Asked) > 1
	if many {
		carry = unclear
	}
	var out []Share
	var last span
	for _, s := range rd.t.sentences() {
		before := unclear // what the clause before it in the sentence is about
		kept := carry     // what is only learnt carries to the end of its sentence
		goal := asked != need.KeyTried && carry != need.KeyTried && asked.Shape() != need.Table && rd.tellsGoal(s, asked)
		for _, c := range rd.t.clauses(s) {
			k, sure := rd.topicOf(clauseIn{c, last, s}, out)
			last = c
			switch {
			case k == filler:
				continue
			case rd.c.Deeper && rd.akin(k):
				k = asked
			case goal && (k.Shape() <= need.List || k == need.KeyDeadline && lasts.MatchString(rd.t.str(s))):
				k = need.KeyIndicator
			case k == "" && carry == need.KeyConstraints && asked.Shape() == need.Table && hasDigit(plainText(rd.t.str(c))):
				k = asked // a bound beside a figure: 味道不能变，含量别低于0.8%
			case k == "":
				k = carry
			case k == unclear && !containsAny(rd.t.str(c), "别的", "其他", "其它"):
				k = before
			case k != None && (many || k.Shape() <= need.List):
				carry = k
				if !sure {
					kept = k
				}
			}
			before = k
			other = other || k != asked
			if n := len(out) - 1; n >= 0 && out[n].Key == k {
				out[n].End = c.end
				continue
			}
			out = append(out, Share{k, c.start, c.end})
		}
		carry = kept
	}
	if many {
		return rd.cleared(out)
	}
	if !other || len(out) > mostShares {
		return nil
	}
	return out
}

// amends reports whether an answer to a question for words takes a number of the
// table back instead: 不对，我查了一下，现在是305.
func (rd *reader) amends(asked need.Key) bool {
	return rd.taken && asked.Shape() <= need.List && len(rd.c.Rows) > 0 && amended.MatchString(plainText(string(rd.t.runes)))
}

// amendment leaves of such an answer the clauses that hold the number.
func (rd *reader) amendment() []Share {
	var out []Share
	for _, s := range rd.t.sentences() {
		for _, c := range rd.t.clauses(s) {
			k := None
			if hasCount(rd.t.str(c)) {
				k = need.KeyIndicator
			}
			out = append(out, Share{k, c.start, c.end})
		}
	}
	return out
}

// cleared gives the parts of an answer to several questions that name no field,
// such as 还没想好, to the one field that has no other part; where there is no
// such field they are about all of them, or about none.
func (rd *reader) cleared(shares []Share) []Share {
	if !slices.ContainsFunc(shares, func(s Share) bool { return s.Key != unclear && s.Key != None }) {
		return nil
	}
	var left []need.Key
	for _, k := range rd.c.Asked {
		if !slices.ContainsFunc(shares, func(s Share) bool { return s.Key == k }) {
			left = append(left, k)
		}
	}
	for i := range shares {
		switch {
		case shares[i].Key != unclear:
		case len(left) == 1:
			shares[i].Key = left[0]
		default:
			shares[i].Key = None
		}
	}
	return shares
}

// tellsGoal reports whether a sentence is about a quantity and its target; with
// the problem or the scene asked, only if it says nothing of them.
func (rd *reader) tellsGoal(s span, asked need.Key) bool {
	words := rd.t.str(s)
	if !fromTo.MatchString(words) {
		return false
	}
	if asked == need.KeyConstraints && !strings.Contains(words, "现在") && !strings.Contains(words, "目前") {
		return false
	}
	return asked != need.KeyScene && (asked != need.KeyProblem || hits(words, symptomWords()) == 0)
}

// None is what a part of an answer is about that states nothing: it refuses a
// topic, or asks us something.
const None = need.Key("none")

const (
	filler  = need.Key("filler")  // carries the talk
	unclear = need.Key("unclear") // about one of several questions, or all of them
)

// about returns the field that a clause is about, "" if its words don't say.
func (rd *reader) about(c span, asked need.Key) need.Key {
	words := plainText(rd.t.str(c))
	switch {
	case hasDigit(words):
	case fillers.MatchString(words):
		return filler
	case firm.MatchString(words) && !containsAny(words, "找", "请", "过", "给", "跟", "和", "客户", "合作", "供应"):
		return None
	case asides.MatchString(words) && !(exact(asked) && names(words) == asked):
		return None
	}
	if k := rd.readsAny(words); k != "" {
		return k
	}
	if len(rd.c.Asked) > 1 && slices.Contains(rd.c.Asked, need.KeyDecisionOwner) && decides(words) {
		return need.KeyDecisionOwner
	}
	if len(rd.c.Asked) > 1 && (refuses(words) || ignorant(words) || hedges(words) || delegated(words) != "") {
		if k := names(words); k != "" {
			return k
		}
		return unclear
	}
	said := need.Key("")
	for _, w := range topics {
		if w.match.MatchString(words) {
			said = w.key
			if slices.Contains(w.fits, asked) && !(len(rd.c.Asked) > 1 && slices.Contains(rd.c.Asked, w.key)) {
				said = asked
			}
			break
		}
	}
	if said == asked {
		return asked
	}
	if k := rd.codeOf(words, asked); k != "" {
		return k
	}
	switch {
	case said != "" && (asked.Shape() != need.Table || !hasDigit(words) || said == need.KeyConstraints || said == need.KeyProblem):
		return said
	case said == "" && asked == need.KeyScene && symptom.MatchString(words):
		return need.KeyProblem
	case said == "" && (asked.Shape() == need.Cash || asked.Shape() == need.Date) && c.end-c.start >= shortestOther:
		return otherwise(words)
	default:
		return ""
	}
}

// shortestOther is how many runes a clause has that may be about something else
// than an amount or a date, though no plain word says so.
const shortestOther = 6

// otherwise is what a clause is about that answers a question for an amount or a
// date with none.
func otherwise(words string) need.Key {
	if refuses(words) || ignorant(words) || hedges(words) || delegated(words) != "" {
		return ""
	}
	switch k := classify(words, "", ""); k {
	case need.KeyProblem, need.KeyTried, need.KeyConstraints, need.KeyFoundation, need.KeyPartnerReq:
		return k
	default:
		return ""
	}
}

// exact reports whether a field holds an amount, a date or a code.
func exact(k need.Key) bool { return k.Shape() > need.List && k.Shape() != need.Table }

// shared reads each part of an answer as the answer to a question for its field.
func (rd *reader) shared(shares []Share) {
	rd.out.Shares = shares
	for _, s := range shares {
		c := rd.c
		switch {
		case s.Key == None:
			continue
		case s.Key != c.Asked[0]:
			c.Row, c.Part = nil, ""
		}
		if s.Key == need.KeyIndicator && rd.taken && len(c.Rows) == 1 {
			c.Row = c.Rows[0] // what is said without a name is of the only row
		}
		c.Asked = []need.Key{s.Key}
		part := reader{t: rd.t.within(span{s.Start, s.End}), c: c, taken: rd.taken}
		part.answered()
		rd.out.Values = append(rd.out.Values, part.out.Values...)
		rd.out.Rows = append(rd.out.Rows, part.out.Rows...)
		rd.out.Marks = append(rd.out.Marks, part.out.Marks...)
	}
}

// within is a text of which only a span can be read; offsets stay.
func (t *text) within(s span) *text {
	part := &text{runes: slices.Clone(t.runes), before: t.before, ref: t.ref}
	if part.before == nil {
		part.before = t.runes
	}
	for i := range part.runes {
		if i < s.start || i >= s.end {
			part.runes[i] = ' '
		}
	}
	return part
}
