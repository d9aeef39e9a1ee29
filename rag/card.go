package rag

import (
	"slices"
	"strings"

	"tanxu/need"
)

// CardLine is one sentence of a match card as it is shown.
type CardLine struct {
	need.CardLine

	ByModel bool
}

// CardLines says a match in a few sentences, a part each. In Chinese a part that
// a model has written, and that was checked then, is said in its words; all else
// is worded by rule. A part with nothing to say is left out, except the first.
func CardLines(m *need.Match, lang string) []CardLine {
	var out []CardLine
	for _, part := range need.CardParts() {
		i := slices.IndexFunc(m.Lines, func(l need.CardLine) bool { return l.Part == part })
		if i >= 0 && lang != "en" {
			out = append(out, CardLine{m.Lines[i], true})
		} else if l := lineByRule(m, part, lang); l.Text != "" {
			out = append(out, CardLine{l, false})
		}
	}
	return out
}

func lineByRule(m *need.Match, part need.CardPart, lang string) need.CardLine {
	l := ruled{lang: lang, line: need.CardLine{Part: part}}
	switch part {
	case need.CardAnswers:
		l.answers(m.Reasons)
	case need.CardLacks:
		l.lacks(m.Gaps)
	default:
		l.asks(m.Reasons, m.Gaps)
	}
	return l.line
}

// ruled is a line that is put together.
type ruled struct {
	lang string
	line need.CardLine
}

// cite adds claims by their places.
func (l *ruled) cite(letter string, places []int) {
	for _, i := range places {
		l.line.Claims = append(l.line.Claims, claimID(letter, i))
	}
}

// places are those of the reasons of a kind.
func places(list []need.Reason, kinds ...need.ReasonKind) []int {
	var at []int
	for i, r := range list {
		if slices.Contains(kinds, r.Kind) {
			at = append(at, i)
		}
	}
	return at
}

// names are the quantities of some claims, each once.
func (l *ruled) names(list []need.Reason, at []int) string {
	var names []string
	for _, i := range at {
		if !slices.Contains(names, list[i].Name) {
			names = append(names, list[i].Name)
		}
	}
	return strings.Join(names, pick(l.lang, "、", ", "))
}

func (l *ruled) end(parts []string, nothing string) {
	if len(parts) == 0 {
		l.line.Text = nothing
		return
	}
	l.line.Text = strings.Join(parts, pick(l.lang, "；", "; ")) + pick(l.lang, "。", ".")
}

func (l *ruled) answers(reasons []need.Reason) {
	var parts []string
	if at := places(reasons, need.ReasonWords); len(at) > 0 {
		r := reasons[at[0]] // the one with most in common
		words := quoted(r.Words, pick(l.lang, "「", "“"), pick(l.lang, "」", "”"), pick(l.lang, "、", ", "))
		parts = append(parts, pick(l.lang, "双方都谈到", "both speak of ")+words)
		l.cite("r", at[:1])
	}
	if at := places(reasons, need.ReasonIndicatorMet); len(at) > 0 {
		parts = append(parts, l.names(reasons, at)+pick(l.lang, "标明的数值达到目标", ": the stated figure meets the target"))
		l.cite("r", at)
	}
	if at := places(reasons, need.ReasonStage); len(at) > 0 {
		parts = append(parts, pick(l.lang, "成熟度满足需要", "as ready as wanted"))
		l.cite("r", at)
	}
	l.end(parts, pick(l.lang, "两边的文字里没有能逐句对上的内容，只是意思相近。", "No words of both sides can be cited; they are only near in meaning."))
}

func (l *ruled) lacks(gaps []need.Reason) {
	var parts []string
	for _, g := range []struct {
		kind   need.ReasonKind
		zh, en string
	}{
		{need.GapIndicatorShort, "未达到目标", ": misses the target"},
		{need.GapIndicatorCond, "没有写明同样的测试条件", ": not stated for the same conditions"},
		{need.GapIndicatorUnclear, "还不能判断是否达到目标", ": open whether the target is met"},
		{need.GapIndicatorUnit, "单位与目标不同", ": stated in another unit"},
		{need.GapIndicatorAbsent, "没有写明", ": not stated"},
	} {
		if at := places(gaps, g.kind); len(at) > 0 {
			parts = append(parts, l.names(gaps, at)+pick(l.lang, g.zh, g.en))
			l.cite("g", at)
		}
	}
	for _, kind := range []need.ReasonKind{need.GapStage, need.GapChain, need.GapRight} {
		if at := places(gaps, kind); len(at) > 0 {
			parts = append(parts, Say(gaps[at[0]], l.lang))
			l.cite("g", at[:1])
		}
	}
	l.end(parts, "")
}

// asks puts the question that decides most: of a right only where something is
// in common.
func (l *ruled) asks(reasons, gaps []need.Reason) {
	if len(places(reasons, need.ReasonWords, need.ReasonIndicatorMet)) == 0 {
		return
	}
	for _, kind := range []need.ReasonKind{
		need.GapIndicatorShort, need.GapIndicatorAbsent, need.GapIndicatorUnclear, need.GapIndicatorUnit, need.GapIndicatorCond, need.GapStage, need.GapRight, need.GapChain,
	} {
		if at := places(gaps, kind); len(at) > 0 {
			l.line.Text = pick(l.lang, "先问成果方：", "Ask the owner first: ") + Ask(gaps[at[0]], l.lang)
			l.cite("g", at[:1])
			return
		}
	}
}
