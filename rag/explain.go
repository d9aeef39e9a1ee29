package rag

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

const (
	wordReasons = 3 // at most, each on another field of the need
	wordsShown  = 4 // phrases a reason
)

// Explain says why an achievement fits and what it leaves open. What cannot be
// cited verbatim is not said. The statistics tell common words from others.
func Explain(n *need.Need, a need.Achievement, stats need.LexemeStats) (reasons, gaps []need.Reason) {
	say := func(r need.Reason) {
		switch r.Kind {
		case need.ReasonWords, need.ReasonIndicatorMet, need.ReasonStage, need.ReasonChain, need.ReasonRegion, need.ReasonRight:
			reasons = append(reasons, r)
		default:
			gaps = append(gaps, r)
		}
	}
	for _, r := range slices.Concat(sharedWords(n, a, stats), compareIndicators(n, a), compareCodes(n, a), rights(n, a)) {
		if cited(r, a) {
			say(r)
		}
	}
	return reasons, gaps
}

// cited reports whether both sides of a reason are verbatim. That the need's
// words stand in the contact's message was checked when they were stored.
func cited(r need.Reason, a need.Achievement) bool {
	ofRight := r.Kind == need.ReasonRight || r.Kind == need.GapRight
	if r.Need.Quote == "" && !ofRight || r.Need.End-r.Need.Start != len([]rune(r.Need.Quote)) {
		return false
	}
	return r.Kind == need.GapIndicatorAbsent || stands(textOf(a, r.Achievement.Ref), r.Achievement)
}

// sharedWords finds, for each field of the need, the sentence of the
// achievement that shares most with it.
func sharedWords(n *need.Need, a need.Achievement, stats need.LexemeStats) []need.Reason {
	best := map[string]shared{} // by field
	left := longestText
	for _, text := range needSides(n) {
		for _, ours := range text.sentences() {
			if left -= len(ours.text) / 3; left < 0 {
				break
			}
			for _, theirs := range achievementSides(a) {
				for _, sentence := range theirs.sentences() {
					if s := sharing(stats, ours, sentence); s.weight > best[ours.field].weight {
						best[ours.field] = s
					}
				}
			}
		}
	}
	order := slices.SortedFunc(maps.Values(best), func(x, y shared) int {
		return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.reason.Field, y.reason.Field))
	})
	var out []need.Reason
	for _, s := range order {
		again := slices.ContainsFunc(out, func(o need.Reason) bool { return covers(o.Words, s.reason.Words) })
		if !again && len(out) < wordReasons {
			out = append(out, s.reason)
		}
	}
	return out
}

// shared is what two sentences have in common.
type shared struct {
	reason need.Reason
	weight float64
}

func sharing(stats need.LexemeStats, ours, theirs side) shared {
	s := shared{reason: need.Reason{
		Kind: need.ReasonWords, Field: ours.field, Need: ours.evidence(), Achievement: theirs.evidence(),
	}}
	phrases := common(stats, ours, theirs)
	for _, p := range phrases[:min(wordsShown, len(phrases))] {
		s.weight += p.weight
		s.reason.Words = append(s.reason.Words, p.text)
	}
	return s
}

// covers reports whether each of the words lies in one that was said already.
func covers(said, words []string) bool {
	for _, w := range words {
		if !slices.ContainsFunc(said, func(s string) bool { return strings.Contains(s, w) }) {
			return false
		}
	}
	return true
}

// compareCodes compares stage, chain and region where both sides name one.
func compareCodes(n *need.Need, a need.Achievement) []need.Reason {
	var out []need.Reason
	if at := slices.Index(need.Stages(), a.Stage); at >= 0 {
		if want, field, evidence := wantedStage(n); want >= 0 {
			r := need.Reason{
				Kind: need.ReasonStage, Field: field, Wanted: need.Stages()[want], Offered: a.Stage,
				Need: evidence, Achievement: whole("stage", a.Stage),
			}
			if at < want {
				r.Kind = need.GapStage
			}
			out = append(out, r)
		}
	}
	if chain, evidence := code(n, need.KeyChain); chain != "" && a.Chain != "" {
		r := need.Reason{
			Kind: need.ReasonChain, Field: string(need.KeyChain), Wanted: chain, Offered: a.Chain,
			Need: evidence, Achievement: whole("chain", a.Chain),
		}
		if chain != a.Chain {
			r.Kind = need.GapChain
		}
		out = append(out, r)
	}
	if region, evidence := code(n, need.KeyRegion); region != "" && region == regionName(a.Region) {
		out = append(out, need.Reason{
			Kind: need.ReasonRegion, Field: string(need.KeyRegion), Wanted: region, Offered: region,
			Need: evidence, Achievement: whole("region", a.Region),
		})
	}
	return out
}

// wantedStage reads how ready an achievement has to be: whoever buys one wants
// it ready for use, whoever has a year or less wants more than a sample. -1 if
// nothing says it.
func wantedStage(n *need.Need) (stage int, field string, evidence need.Evidence) {
	if mode, e := code(n, need.KeyCoopMode); mode == "技术转让" || mode == "技术许可" || mode == "采购" {
		return 2, string(need.KeyCoopMode), e
	}
	if kind, e := code(n, need.KeyNeedType); kind == "成果引进" {
		return 2, string(need.KeyNeedType), e
	}
	if item, e, ok := value(n, need.KeyDeadline); ok && item.Deadline != nil && withinYear(item.Deadline.ISO) {
		return 1, string(need.KeyDeadline), e
	}
	return -1, "", need.Evidence{}
}

// withinYear reads durations; whether a date is near depends on the day.
func withinYear(iso string) bool {
	digits, isDuration := strings.CutPrefix(iso, "P")
	if !isDuration || digits == "" {
		return false
	}
	n, err := strconv.Atoi(digits[:len(digits)-1])
	if err != nil {
		return false
	}
	switch digits[len(digits)-1] {
	case 'D':
		return n <= 366
	case 'W':
		return n <= 52
	case 'M':
		return n <= 12
	default:
		return n <= 1
	}
}

func code(n *need.Need, key need.Key) (string, need.Evidence) {
	v, e, _ := value(n, key)
	return v.Text, e
}

// value returns the value of a field with one, and the words behind it.
func value(n *need.Need, key need.Key) (need.Value, need.Evidence, bool) {
	f := n.Fields[key]
	if f == nil || len(f.Items) == 0 || f.Status != need.Filled && f.Status != need.Confirmed {
		return need.Value{}, need.Evidence{}, false
	}
	item := f.Items[0]
	if len(item.Evidence) > 0 {
		return item.Value, item.Evidence[0], true
	}
	text := item.Value.Text
	if item.Value.Deadline != nil {
		text = item.Value.Deadline.Text
	}
	return item.Value, whole("field:"+string(key), text), true
}

// whole cites all of a short text.
func whole(ref, text string) need.Evidence { return side{ref: ref, text: text}.evidence() }

// regionName is the city of a GB/T 2260 code, "" outside of the list.
func regionName(code string) string {
	for _, r := range need.Regions() {
		if len(code) == 6 && r.Code[:4] == code[:4] {
			return r.Name
		}
	}
	return ""
}
