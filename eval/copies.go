package eval

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"tanxu/need"
)

// Copy names how one need was made of another.
type Copy string

// The copies of a need; the last three are other needs, however alike.
const (
	CopyTypos     Copy = "typos"
	CopyReworded  Copy = "reworded"
	CopyReordered Copy = "reordered"
	CopyUnits     Copy = "units"
	CopyOneFigure Copy = "one figure"
	CopyNextYear  Copy = "next year"
	CopyMixed     Copy = "mixed"

	OtherProblem Copy = "other problem" // of the same product of the same organisation
	OtherFigures Copy = "other figures" // in the same sentences
	OtherProduct Copy = "other product" // with the same problem, in the same sentences
)

// Copies are those that say the same, Others those that don't.
func Copies() []Copy {
	return []Copy{CopyTypos, CopyReworded, CopyReordered, CopyUnits, CopyOneFigure, CopyNextYear, CopyMixed}
}

// Others are needs that look like copies.
func Others() []Copy { return []Copy{OtherProblem, OtherFigures, OtherProduct} }

// Copy makes a need with this number of another.
func (m *Maker) Copy(n MadeNeed, how Copy, number int) MadeNeed {
	c := n
	c.ID = need.ID(fmt.Sprintf("00000000-0000-7000-8000-%012x", number))
	c.Problem, c.Rows = slices.Clone(n.Problem), slices.Clone(n.Rows)
	switch how {
	case CopyTypos:
		c.each(m.typos)
	case CopyReworded:
		c.each(m.reword)
	case CopyReordered:
		m.shuffle(&c)
	case CopyUnits:
		c.convert()
	case CopyOneFigure:
		r := &c.Rows[m.r.IntN(len(c.Rows))]
		r.Target = rounded(r.Target * 1.15)
	case CopyNextYear:
		c.Deadline = fmt.Sprintf("%d年内", 2028+m.r.IntN(2))
		c.Problem = append(c.Problem, m.one([]string{"这个问题去年提过，今年还没解决", "订单比去年又多了，更急", "今年已列入公司重点项目"}))
		c.each(m.reword)
	case CopyMixed:
		m.shuffle(&c)
		c.each(m.reword)
		c.each(m.typos)
		c.convert()
	case OtherProblem:
		m.ask(&c, productOf(n))
	case OtherFigures:
		m.otherFigures(&c)
		c.Org = m.Need(number).Org
	case OtherProduct:
		m.otherProduct(&c)
		m.otherFigures(&c)
	}
	return c
}

// each edits all prose of the need.
func (n *MadeNeed) each(edit func(string) string) {
	n.Title, n.Scene, n.Goal = edit(n.Title), edit(n.Scene), edit(n.Goal)
	for i, clause := range n.Problem {
		n.Problem[i] = edit(clause)
	}
}

// typos drops, doubles, swaps or mistakes about one character of thirty.
func (m *Maker) typos(text string) string {
	alike := strings.NewReplacer("的", "得", "做", "作", "在", "再", "像", "象", "需", "须", "账", "帐", "性", "型", "到", "道")
	r := []rune(text)
	for i := 0; i+1 < len(r); i++ {
		if m.r.IntN(30) != 0 || !unicode.Is(unicode.Han, r[i]) || !unicode.Is(unicode.Han, r[i+1]) {
			continue
		}
		switch m.r.IntN(4) {
		case 0:
			r = slices.Delete(r, i, i+1)
		case 1:
			r = slices.Insert(r, i, r[i])
			i++
		case 2:
			r[i], r[i+1] = r[i+1], r[i]
		default:
			r = slices.Replace(r, i, i+1, []rune(alike.Replace(string(r[i])))...)
		}
	}
	return string(r)
}

// reword says things by other words that mean the same, most but not all.
func (m *Maker) reword(text string) string {
	for _, pair := range synonyms() {
		if m.r.IntN(4) != 0 {
			text = strings.ReplaceAll(text, pair[0], pair[1])
		}
	}
	return text
}

func synonyms() [][2]string {
	return [][2]string{
		{"我公司", "我司"}, {"经常出现", "时常发生"}, {"一直解决不了", "始终没能解决"}, {"希望", "期望"}, {"解决", "攻克"}, {"提高", "提升"}, {"降低", "减少"}, {"目前", "现在"},
		{"导致", "造成"}, {"要求", "需要"}, {"无法", "没法"}, {"问题", "难题"}, {"工艺", "工艺技术"}, {"怀疑", "估计"}, {"判断", "认为"}, {"退了好几批货", "多次退货"}, {"寻求", "寻找"},
		{"结果", "但"}, {"客户", "用户"}, {"差别很大", "不一致"}, {"合格率", "良品率"}, {"合作开发", "联合研发"}, {"今年以来", "最近几个月"}, {"没有", "缺少"}, {"方案", "解决办法"}, {"改善", "改进"},
	}
}

func (m *Maker) shuffle(n *MadeNeed) {
	m.r.Shuffle(len(n.Problem), func(i, j int) { n.Problem[i], n.Problem[j] = n.Problem[j], n.Problem[i] })
	m.r.Shuffle(len(n.Rows), func(i, j int) { n.Rows[i], n.Rows[j] = n.Rows[j], n.Rows[i] })
}

// convert writes quantities in other units.
func (n *MadeNeed) convert() {
	other := map[string]struct {
		unit   string
		factor float64
	}{
		"mm": {"μm", 1000}, "μm": {"mm", 0.001}, "MPa": {"N/mm²", 1}, "t/h": {"kg/h", 1000}, "h": {"min", 60}, "s": {"min", 1.0 / 60}, "kV": {"V", 1000}, "mΩ": {"Ω", 0.001},
		"mg/kg": {"g/t", 1}, "mg/L": {"g/m³", 1}, "g/cm³": {"kg/m³", 1000}, "N/mm": {"kN/m", 1},
	}
	for i, r := range n.Rows {
		if o, ok := other[r.Unit]; ok {
			n.Rows[i].Unit, n.Rows[i].Current, n.Rows[i].Target = o.unit, r.Current*o.factor, r.Target*o.factor
		}
	}
}

// otherFigures asks for the same quantities to another degree.
func (m *Maker) otherFigures(n *MadeNeed) {
	for i, r := range n.Rows {
		for k := rowKind(r.Name); n.Rows[i].Target == r.Target || n.Rows[i].Current == r.Current; {
			n.Rows[i] = m.row(k)
		}
	}
}

func rowKind(name string) indicatorKind {
	all := indicators()
	return all[slices.IndexFunc(all, func(k indicatorKind) bool { return k.name == name })]
}

// otherProduct puts another product wherever the need names its own.
func (m *Maker) otherProduct(n *MadeNeed) {
	old, other := productOf(*n), ""
	for other == "" || other == old {
		other = m.one(products()) + m.one(forms())
	}
	n.each(func(s string) string { return strings.ReplaceAll(s, old, other) })
}

// productOf reads the product from the title, where all made needs have it.
func productOf(n MadeNeed) string {
	best := ""
	for _, p := range products() {
		for _, f := range forms() {
			if word := p + f; strings.Contains(n.Title, word) && len(word) > len(best) {
				best = word
			}
		}
	}
	return best
}

// Edit rewords a text and makes a mistake in it here and there, as somebody does
// who states it again.
func (m *Maker) Edit(text string) string { return m.typos(m.reword(text)) }
