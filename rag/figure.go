package rag

import (
	"strings"

	"tanxu/need"
)

// figure is one performance figure that an achievement states.
type figure struct {
	name    string // as written before it
	measure need.Measure
	shown   string // as written, comparator to unit
	clause  side   // name to condition: what is cited
}

// stated writes the figure, with its name where that is not the row's.
func (f figure) stated(row *need.Indicator) string {
	if canonical(f.name) == canonical(row.Name) {
		return f.shown
	}
	return f.name + f.shown
}

// figures reads the performance figures of an achievement.
func figures(a need.Achievement) []figure {
	var out []figure
	for _, text := range achievementSides(a) {
		if text.ref == "title" {
			continue
		}
		for _, sentence := range text.sentences() {
			out = append(out, figuresOf(sentence)...)
		}
	}
	return out
}

func figuresOf(sentence side) []figure {
	r := []rune(sentence.text)
	var out []figure
	last := 0 // where the clause of the measure begins
	measures := need.Measures(sentence.text)
	for i, m := range measures {
		if i+1 < len(measures) && fromTo(r, m, measures[i+1]) {
			continue // what was before; the level reached comes next
		}
		if m.Change != "" || depth(r[:m.Start]) > 0 {
			continue // a difference is no level; what stands in brackets is a condition
		}
		start := clauseStart(r, m.Start)
		end := afterBrackets(r, m.End)
		name := strings.TrimSpace(string(r[max(start, last):m.Start]))
		if i > 0 && fromTo(r, measures[i-1], m) {
			name = strings.TrimSpace(string(r[max(start, last) : measures[i-1].Start-1]))
		}
		out = append(out, figure{
			name:    name,
			measure: m,
			shown:   strings.TrimSpace(string(r[m.Start:m.End])),
			clause:  sentence.cut(r, start, end),
		})
		last = end
	}
	return out
}

// fromTo reports whether a measure is where a change began that ends at the
// next: 由8.5%降到1.3%.
func fromTo(r []rune, m, next need.Measure) bool {
	return m.Start > 0 && strings.ContainsRune("由从自", r[m.Start-1]) &&
		strings.TrimSpace(string(r[m.End:max(next.Start, m.End)])) == "" && strings.ContainsAny(string(r[next.Start:next.End]), "到至为")
}

// clauseStart returns where the statement of a measure begins; in -20 ℃容量保持率
// ≥75 % it is the temperature.
func clauseStart(r []rune, measure int) int {
	for i := measure - 2; i >= 0; i-- {
		if strings.ContainsRune("，,、：:", r[i]) && depth(r[:i]) == 0 {
			return i + 1
		}
	}
	return 0
}

// depth is the number of brackets open at the end of r.
func depth(r []rune) int {
	n := 0
	for _, c := range r {
		switch c {
		case '(', '（', '[', '【':
			n++
		case ')', '）', ']', '】':
			n = max(n-1, 0)
		}
	}
	return n
}

// afterBrackets returns the end of the brackets that begin at i, i if none do.
func afterBrackets(r []rune, i int) int {
	if i >= len(r) || !strings.ContainsRune("(（[【", r[i]) {
		return i
	}
	for end := i + 1; end <= len(r); end++ {
		if depth(r[i:end]) == 0 {
			return end
		}
	}
	return i
}

// likeness says how surely two names mean the same quantity, 0 to 1: the share
// of the shorter name's pairs of characters that the longer one has, or all its
// characters in another order (电导率, 导电率).
func likeness(wanted, offered string) float64 {
	a, b := canonical(wanted), canonical(offered)
	if a == "" || b == "" {
		return 0
	}
	if a == b {
		return 1
	}
	pa, pb := count(Lexemes(a)), count(Lexemes(b))
	short := pa
	if len(pb) < len(pa) {
		short = pb
	}
	shared := 0
	for l := range pa {
		if pb[l] > 0 {
			shared++
		}
	}
	score := 0.9 * float64(shared) / float64(max(len(short), 1))
	if len(short) == 1 && max(len(pa), len(pb)) > 2 {
		score /= 2 // 速度 may be any speed
	}
	if anagram([]rune(a), []rune(b)) {
		score = max(score, 0.8)
	}
	return score
}

func anagram(a, b []rune) bool {
	if len(a) != len(b) || len(a) < 3 {
		return false
	}
	left := map[rune]int{}
	for i := range a {
		left[a[i]]++
		left[b[i]]--
	}
	for _, n := range left {
		if n != 0 {
			return false
		}
	}
	return true
}

// canonical drops what does not belong to a name and writes the names that the
// trade uses for one quantity in one way.
func canonical(name string) string {
	name = strings.Trim(string(foldRunes(name)), " :,.、的为可达到")
	for _, prefix := range []string{"产品", "材料", "平均", "整体", "综合", "其中", "使"} {
		name = strings.TrimPrefix(name, prefix)
	}
	for _, same := range [][2]string{
		{"拉伸强度", "抗拉强度"}, {"电导率", "导电率"}, {"合格率", "良率"}, {"成品率", "良率"}, {"良品率", "良率"}, {"使用寿命", "寿命"},
		{"热导率", "导热系数"}, {"导热率", "导热系数"}, {"延伸率", "伸长率"}, {"粒度", "粒径"}, {"循环次数", "循环寿命"}, {"容量保有率", "容量保持率"},
	} {
		name = strings.ReplaceAll(name, same[0], same[1])
	}
	return name
}
