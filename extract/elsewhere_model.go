package extract

import (
	"regexp"
	"slices"

	trained "tanxu/extract/topics"
	"tanxu/need"
)

// How sure the classifier of clauses must be that an answer is to another
// question: of its own topic, and that it is none of those asked.
const (
	sureElsewhere = 0.8
	mostAsked     = 0.05
	shortestSure  = 4 // runes of a clause
)

// clauseIn is a clause with the one before it and its sentence.
type clauseIn struct{ span, last, sentence span }

// topicOf is the field that a clause is about, "" if nothing says it, by its
// words, by the part of the answer before it and by what was learnt; the last is
// told, as it says nothing of the sentences behind.
func (rd *reader) topicOf(c clauseIn, before []Share) (k need.Key, byLearning bool) {
	asked := rd.c.Asked[0]
	k = rd.about(c.span, asked)
	if n := len(before); k == "" && n > 0 {
		k = rd.goesOnWith(c.span, before[n-1].Key)
	}
	if n := len(before); k == asked && exact(asked) && n > 0 && rd.reads(rd.t.str(span{before[n-1].Start, before[n-1].End}), asked) && decides(plainText(rd.t.str(c.span))) {
		return need.KeyDecisionOwner, false // 归我们吧，我说了算
	}
	if k != "" && (k != asked || exact(asked)) {
		return k, false
	}
	if sure := rd.learnt(c, k == asked); sure != "" {
		return sure, true
	}
	return k, false
}

// decides reports whether words say who decides.
func decides(words string) bool {
	return slices.ContainsFunc(topics, func(w topic) bool { return w.key == need.KeyDecisionOwner && w.match.MatchString(words) })
}

// learnt is the field that the classifier is sure a clause is about and not any
// that was asked, "" where it is not sure. Faults are told in answers to every
// question, and numbers in answers to those for numbers: both stay. Words that fit
// what was asked give way to trials and wishes for a partner only.
func (rd *reader) learnt(c clauseIn, fits bool) need.Key {
	words := plainText(rd.t.str(c.span))
	if len([]rune(words)) < shortestSure || refuses(words) || ignorant(words) || hedges(words) || delegated(words) != "" {
		return ""
	}
	s := trained.BuiltIn().Score(trained.Clause{Words: words, Before: plainText(rd.t.str(c.last)), Opens: c.span.start == c.sentence.start})
	k, p := s.Best()
	switch {
	case p < sureElsewhere, k == trained.Other, k == need.KeyProblem, k.Shape() == need.Table:
		return ""
	case fits && k != need.KeyTried && k != need.KeyPartnerReq:
		return ""
	case exact(k) && !rd.allOf(words, k), k == need.KeyScene && hasDigit(words):
		return ""
	}
	if k == need.KeyDeadline && !slices.ContainsFunc(need.Deadlines(words, rd.now()), func(w need.When) bool { return w.Limit }) {
		return "" // the time of a story
	}
	if k == need.KeyTried && !doneOnce.MatchString(words) {
		return ""
	}
	stays := func(asked need.Key) bool {
		known := slices.Contains(trained.Labels(), asked)
		return !known || s.Of(asked) > mostAsked || asked.Shape() == need.Table && hasDigit(rd.t.str(c.sentence)) || asked == need.KeyTried && k == need.KeyRootCause
	}
	if slices.ContainsFunc(rd.c.Asked, stays) {
		return ""
	}
	return k
}

// goesOnWith is the field of an amount or a date that stands alone behind
// another one, "" if the clause is none: 50万以内，半年.
func (rd *reader) goesOnWith(c span, said need.Key) need.Key {
	if said != need.KeyBudget && said != need.KeyDeadline {
		return ""
	}
	for _, k := range []need.Key{need.KeyDeadline, need.KeyBudget} {
		if k != said && rd.allOf(plainText(rd.t.str(c)), k) {
			return k
		}
	}
	return ""
}

// allOf reports whether a clause is hardly more than an amount, a date or a code
// of field k.
func (rd *reader) allOf(words string, k need.Key) bool {
	if !rd.reads(words, k) {
		return false
	}
	switch k.Shape() {
	case need.Cash:
		return slices.ContainsFunc(need.Amounts(words, true), func(a need.Amount) bool { return mostly(words, a.Start, a.End) })
	case need.Date:
		return slices.ContainsFunc(need.Deadlines(words, rd.now()), func(w need.When) bool { return mostly(words, w.Start, w.End) })
	default:
		return true
	}
}

// doneOnce finds words for something that was done.
var doneOnce = regexp.MustCompile(`\p{Han}过(?:[^得去来于渡程]|$)|试|\p{Han}了`)

// firm finds a clause that does nothing but name a company.
var firm = regexp.MustCompile(`^(?:我们|咱们|这边|公司)?(?:公司)?(?:是|叫|名称是|名字叫)?[\p{Han}a-zA-Z()（）]{2,24}(?:有限责任公司|股份有限公司|有限公司|集团公司|股份公司)的?$`)
