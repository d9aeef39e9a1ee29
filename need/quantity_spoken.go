package need

import (
	"math"
	"strings"
)

// share is a spoken denominator: 一百个里头 speaks of 100 个.
type share struct {
	of    float64
	piece string
}

// readSpoken reads what is a quantity only as a whole phrase: 一百个里头有十三四个,
// 三个九, 翻一番, 降一半.
func readSpoken(r []rune, i, floor int) (m Measure, of share, ok bool) {
	if m, of, ok := readShare(r, i, floor); ok {
		return m, of, true
	}
	if m, ok := readNines(r, i, floor); ok {
		return m, share{}, true
	}
	m, ok = readFold(r, i)
	return m, share{}, ok
}

// shareGap is how many runes may stand between the two counts of a share.
const shareGap = 9

// readShare reads M of N as per cent: 一百个里头有十三四个, 每百件最多两件, 一百斤出六十斤.
// Either a word says that the second count lies within the first, or both count
// the same thing.
func readShare(r []rune, i, floor int) (Measure, share, bool) {
	n, ok := readWhole(r, i)
	if !ok || n.high != nil || n.unit != "" || n.value < 10 || math.Mod(100, n.value) != 0 && math.Mod(n.value, 100) != 0 {
		return Measure{}, share{}, false
	}
	counted := readUnit(r, n.end)
	of := share{of: n.value, piece: unitText(r[n.end:counted])}
	from, within := insideWord(r, counted)
	if of.piece == "" && !within || of.piece == "人" {
		return Measure{}, share{}, false
	}
	for k := from; k < min(len(r), from+shareGap) && !isStop(r[k], within); k++ {
		n, ok := readNumber(r, k)
		if !ok || at(r, k-1) == '第' {
			continue
		}
		m := Measure{Number: k}
		m.setFirst(r, n)
		m.readRest(r, n, from)
		if m.Unit == "" && n.han && n.end-n.start == 1 {
			continue // 一定, 三维
		}
		if !of.counts(m, within || partOf(r[from:k])) {
			return Measure{}, share{}, false
		}
		of.per(&m)
		m.Start, m.Number = i, i
		if at(r, i-1) == '每' && i > floor {
			m.Start = i - 1
		}
		return m, of, true
	}
	return Measure{}, share{}, false
}

// readWhole reads the number of all, which is a power alone in 每百件.
func readWhole(r []rune, i int) (numeral, bool) {
	if power := hanPower(at(r, i)); power >= 100 && at(r, i-1) == '每' {
		return numeral{start: i, end: i + 1, value: power, han: true}, true
	}
	return readNumber(r, i)
}

// isStop reports whether the two counts of a share do not reach over r.
func isStop(r rune, within bool) bool {
	return strings.ContainsRune("。;；!！?？\n%", r) || !within && r == ','
}

// partOf reports whether the words between two amounts say that the second is
// made of, or lost from, the first.
func partOf(between []rune) bool {
	return strings.ContainsAny(string(between), "出含损掉坏废漏退返裂")
}

// insideWord finds a word for "among them" at i or behind the name of a thing
// (一百个零件里头), and returns where it ends, i if there is none.
func insideWord(r []rune, i int) (end int, ok bool) {
	const thing = 4 // runes of its name
	for k := i; k <= i+thing && (at(r, k) >= 0x4e00 || at(r, k) == ' '); k++ {
		for _, w := range [...]string{"里头", "里面", "里边", "当中", "之中", "里"} {
			if hasAt(r, k, w) {
				return k + len([]rune(w)), true
			}
		}
	}
	return i, false
}

// follow takes a count behind a share for one too, where it is compared: 一百个里头
// 有三个，要最多一个.
func (s share) follow(m *Measure) {
	if s.of > 0 && m.Op != "" && s.counts(*m, false) {
		s.per(m)
	}
}

// counts reports whether a measure counts a part of the share: the same thing,
// or anything behind a word that says so.
func (s share) counts(m Measure, within bool) bool {
	if m.Change != "" || m.Quantity.Num > s.of || m.Quantity.Num2 != nil && *m.Quantity.Num2 > s.of {
		return false
	}
	if m.Unit != s.piece || s.piece == "" {
		return within && (m.Unit == "" || m.Unit == "个")
	}
	a, known := atomOf(s.piece)
	return within || !known || !isPhysical(a)
}

// per turns a count into a share of the whole.
func (s share) per(m *Measure) {
	percent := func(v float64) float64 { return math.Round(v*100/s.of*1e9) / 1e9 }
	m.Quantity.Num = percent(m.Quantity.Num)
	m.Quantity.Text = plain(m.Quantity.Num)
	if m.Quantity.Num2 != nil {
		high := percent(*m.Quantity.Num2)
		m.Quantity.Num2, m.Quantity.Text = &high, m.Quantity.Text+"~"+plain(high)
	}
	m.Unit = "%"
}

// readNines reads 两个九 and 4个9: 99 % and 99.99 %.
func readNines(r []rune, i, floor int) (Measure, bool) {
	n, ok := readNumber(r, i)
	if !ok || n.value < 2 || n.value > 9 || n.value != math.Trunc(n.value) || n.high != nil || at(r, n.end) != '个' {
		return Measure{}, false
	}
	nine := at(r, n.end+1)
	if next := at(r, n.end+2); nine != '九' && nine != '9' || hanPower(next) > 0 || hanDigit(next) >= 0 || isDigit(next) || next == '点' || next == '.' || isPiece(next) {
		return Measure{}, false
	}
	text := strings.Repeat("9", int(n.value))
	if len(text) > 2 {
		text = text[:2] + "." + text[2:]
	}
	value := 100 - math.Pow(10, 2-n.value)
	m := Measure{Number: i, UnitEnd: n.end + 2, Unit: "%", Quantity: Quantity{Text: text, Num: math.Round(value*1e9) / 1e9}}
	m.compare(r, floor)
	return m, true
}

// readFold reads changes without a number of their own: 翻一番 is once more, 降一半
// half less.
func readFold(r []rune, i int) (Measure, bool) {
	if !strings.ContainsRune("翻降减砍省少缩提快多增", r[i]) {
		return Measure{}, false
	}
	for _, f := range [...]struct {
		words, change, text string
		num                 float64
		unit                string
	}{
		{"翻一番 翻番 翻倍 翻了一番 翻个番 翻了一倍 翻一倍", "提高", "1", 1, "倍"},
		{"翻两番 翻了两番", "提高", "3", 3, "倍"},
		{"降一半 降低一半 减一半 减半 减少一半 砍一半 砍掉一半 省一半 少一半 少掉一半 缩短一半 降了一半 降掉一半", "降低", "50", 50, "%"},
		{"降三分之一 降低三分之一 减三分之一 减少三分之一 砍掉三分之一 缩短三分之一", "降低", "33.3", 33.3, "%"},
		{"提高一半 提升一半 快一半 多一半 增加一半", "提高", "50", 50, "%"},
	} {
		for words := range strings.FieldsSeq(f.words) {
			if hasAt(r, i, words) {
				end := i + len([]rune(words))
				return Measure{Start: i, End: end, Number: i, UnitEnd: end, Unit: f.unit, Change: f.change, Quantity: Quantity{Text: f.text, Num: f.num}}, true
			}
		}
	}
	return Measure{}, false
}

// compare reads the comparators on both sides of a measure whose number and
// unit are known.
func (m *Measure) compare(r []rune, floor int) {
	m.Start, m.End = m.Number, m.UnitEnd
	if op, start, implied := opBefore(r, m.Number); op != "" && start >= floor {
		m.Op, m.Start, m.Implied = op, start, implied
	}
	if op, end := opAfter(r, m.End); op != "" {
		m.Op, m.End, m.Implied = op, end, false
	}
}
