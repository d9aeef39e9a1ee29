package extract

import (
	"cmp"
	"math"
	"slices"

	trained "tanxu/extract/topics"
	"tanxu/need"
)

// How much the question speaks for the field that it asked about, in log odds:
// an answer is taken for one to another question only where all of its clauses
// speak against that. Who was asked for more of what he told before goes on with
// it, so that question speaks louder.
const (
	askedTrust  = 3.0
	deeperTrust = 5.0
)

// astray parts an answer none of whose clauses is about what was asked, nil
// where one is, or where that is not sure: whoever is asked for the product and
// says 我估计是炉温不均 has told the cause.
func (rd *reader) astray() []Share {
	asked := rd.c.Asked[0]
	if len(rd.c.Asked) > 1 || rd.c.Row != nil {
		return nil
	}
	told := rd.toldClauses()
	var states []int // of told, which say something of a field
	var scores []trained.Scores
	for i, c := range told {
		if c.leaves || c.span.end-c.span.start < shortestSure {
			continue
		}
		cue := rd.about(c.span, asked)
		if cue == asked {
			return nil
		}
		states, scores = append(states, i), append(scores, rd.expecting(c.clauseIn, cue))
	}
	for i, k := range oneTopic(scores, trained.BuiltIn().Path(scores)) {
		if k == asked || rd.akin(k) {
			return nil
		}
		if rd.canBe(k, rd.t.str(told[states[i]].span)) {
			told[states[i]].key = k
		}
	}
	return rd.joined(told)
}

// strayTopic is how much less likely, in log odds, one topic for all of an answer
// may be than a topic for each clause: most answers have one.
const strayTopic = 3.0

// oneTopic gives all clauses the topic that fits them best together, unless their
// own topics fit much better.
func oneTopic(scores []trained.Scores, path []need.Key) []need.Key {
	total := func(topic func(i int) need.Key) (sum float64) {
		for i, s := range scores {
			sum += math.Log(max(s.Of(topic(i)), math.SmallestNonzeroFloat64))
		}
		return sum
	}
	best, top := path, total(func(i int) need.Key { return path[i] })-strayTopic
	for _, k := range path {
		if k == trained.Other || slices.ContainsFunc(path, func(p need.Key) bool { return p != k && exact(p) }) {
			continue
		}
		if sum := total(func(int) need.Key { return k }); sum >= top {
			best, top = slices.Repeat([]need.Key{k}, len(path)), sum
		}
	}
	return best
}

// toldClause is a clause of an answer.
type toldClause struct {
	clauseIn
	leaves bool     // it only says that something is not known, or not told
	key    need.Key // what it is about, "" if it does not say
}

// toldClauses are the clauses of an answer but for those that carry the talk; nil
// if it answers what was asked plainly, or tells a figure to be reached, which
// other rules look for.
func (rd *reader) toldClauses() []toldClause {
	asked := rd.c.Asked[0]
	var out []toldClause
	var last span
	for _, s := range rd.t.sentences() {
		if asked.Shape() == need.Table && hasDigit(rd.t.str(s)) || asked.Shape() != need.Table && rd.tellsGoal(s, asked) {
			return nil
		}
		for _, c := range rd.t.clauses(s) {
			words := plainText(rd.t.str(c))
			leaves := refuses(words) || ignorant(words) || hedges(words)
			if rd.reads(words, asked) || delegated(words) != "" || leaves && exact(asked) || none(asked, words) {
				return nil
			}
			if !fillers.MatchString(words) {
				out = append(out, toldClause{clauseIn: clauseIn{c, last, s}, leaves: leaves})
			}
			last = c
		}
	}
	return out
}

// expecting scores the topics of a clause, given what was asked and what its
// words say without doubt, the cue.
func (rd *reader) expecting(c clauseIn, cue need.Key) trained.Scores {
	words, asked := plainText(rd.t.str(c.span)), rd.c.Asked[0]
	s := trained.BuiltIn().Score(trained.Clause{Words: words, Before: plainText(rd.t.str(c.last)), Opens: c.span.start == c.sentence.start})
	trust := askedTrust
	if rd.c.Deeper {
		trust = deeperTrust
	}
	s.Add(asked, trust)
	if cue == "" && containsAny(words, wordsOf(asked)...) {
		cue = asked // it takes up a word of the question
	}
	s.Add(cue, cueTrust)
	return s
}

// wordsOf are the things that a question for a field names.
func wordsOf(k need.Key) []string {
	switch k {
	case need.KeyScene:
		return []string{"产品", "工序", "规格", "年产", "一年做"}
	case need.KeyConstraints:
		return []string{"不能", "不许", "成本", "节拍", "环保", "停线"}
	case need.KeyFoundation:
		return []string{"样品", "样件", "数据", "人手", "配合", "提供"}
	case need.KeyPartnerReq:
		return []string{"专业", "驻厂", "懂", "现场", "经验"}
	case need.KeyDecisionOwner:
		return []string{"拍板", "老板", "领导", "批", "点头"}
	default:
		return nil
	}
}

// akin reports whether words that sound like k may well answer what was asked: a
// trial tells of the cause, where more of that was asked.
func (rd *reader) akin(k need.Key) bool {
	switch rd.c.Asked[0] {
	case need.KeyIndicator:
		return k == need.KeyExpectedGoal || k == need.KeyKeyTech
	case need.KeyCoopMode:
		return k == need.KeyPartnerReq
	case need.KeyPartnerReq:
		return k == need.KeyCoopMode || k == need.KeyTried
	case need.KeyTried:
		return k == need.KeyRootCause
	case need.KeyRootCause:
		return k == need.KeyProblem || rd.c.Deeper && k == need.KeyTried
	default:
		return false
	}
}

// canBe reports whether words may be a statement of k: a date or a code needs one
// that can be read, a trial one that was made.
func (rd *reader) canBe(k need.Key, words string) bool {
	switch {
	case k == trained.Other:
		return false
	case exact(k):
		return rd.reads(plainText(words), k)
	case k == need.KeyTried:
		return doneOnce.MatchString(words)
	default:
		return k.Shape() != need.Table && k != need.KeyExpectedGoal && k != need.KeyKeyTech
	}
}

// joined are the shares of clauses that are about other fields; what says nothing
// of its own goes with what stands before it, at the front with what follows. nil
// if none is about a field.
func (rd *reader) joined(told []toldClause) []Share {
	first := slices.IndexFunc(told, func(c toldClause) bool { return c.key != "" })
	if first < 0 {
		return nil
	}
	now := told[first].key
	var out []Share
	for _, c := range told {
		now = cmp.Or(c.key, rd.goesOnWith(c.span, now), now)
		if n := len(out) - 1; n >= 0 && out[n].Key == now {
			out[n].End = c.span.end
			continue
		}
		out = append(out, Share{now, c.span.start, c.span.end})
	}
	if len(out) > mostShares {
		return nil
	}
	return out
}
