package need

import (
	"regexp"
	"strings"
)

// Measure is one quantity as it stands in a text. Offsets count runes.
type Measure struct {
	Start, End int // from the comparator to the end of all that belongs to it
	Number     int // where the number itself starts
	UnitEnd    int // where the unit ends
	Quantity   Quantity
	Op         Op // "" if nothing says it
	Unit       string
	// Implied: Op comes from a verb of direction only (提高到), not from a comparator.
	Implied bool
	// Change is the verb that makes the number a difference (提高, in 提高20%).
	Change string
	Approx bool
}

// standard finds the numbers of standards, whose digits are no quantities.
var standard = regexp.MustCompile(`(?i)\b(?:GB|GJB|YB|YS|YY|HG|JB|QB|SH|SY|DL|NB|TB|CJ|JC|FZ|JT|JG|SJ|LY|NY|HJ|DB|QC|WS|MT|CB|HB|ISO|ASTM|IEC|EN|DIN|JIS|UL|IEEE|ICH|CCAR|AMS|SAE|API|ANSI|BS)(?:/T|/Z)?[ -]?[A-Z]{0,3}[ -]?\d+(?:[.\-—–]\d+)*(?:-\d{4})?`)

// dated finds calendar dates, whose numbers are no quantities.
var dated = regexp.MustCompile(`(?:19|20)\d{2}\s*(?:年\s*(?:\d{1,2}\s*月(?:\s*份)?(?:\s*\d{1,2}\s*[日号])?|第?[一二三四1-4]季度|[上下]半年)?|[./\-]\d{1,2}(?:[./\-]\d{1,2})?(?:\D|$))|\d{1,2}\s*月\s*\d{1,2}\s*[日号]`)

// Standards returns the numbers of standards (GB/T 11969) in text, as rune spans.
func Standards(text string) [][2]int { return spans(text, standard) }

func spans(text string, re *regexp.Regexp) [][2]int {
	found := re.FindAllStringIndex(text, -1)
	if found == nil {
		return nil
	}
	at := runeIndex(text)
	out := make([][2]int, 0, len(found))
	for _, m := range found {
		out = append(out, [2]int{at[m[0]], at[m[1]]})
	}
	return out
}

// Measures finds the quantities of a text in their order: numbers with a unit,
// a comparator or both, ranges and tolerances. Dates, numbers of standards,
// list markers, names such as IP67 and dimensions such as 3200×1600 are none.
func Measures(text string) []Measure {
	r := folded(text)
	taken := spansTaken(len(r), Standards(text), spans(text, dated))
	var out []Measure
	var of share
	for i, floor := 0, 0; i < len(r); {
		if end := taken[i]; end > i {
			i, floor = end, end
			continue
		}
		if strings.ContainsRune("。;!?\n", r[i]) {
			of = share{}
		}
		m, end, ok := readMeasure(r, i, floor)
		if spoken, whole, is := readSpoken(r, i, floor); is {
			m, end, ok = spoken, spoken.End, true
			of = whole
		} else if grade, is := readGrade(r, i, floor); is {
			m, end, ok = grade, grade.End, true
		} else if ok {
			of.follow(&m)
		}
		if ok {
			m.Quantity.Text = strings.TrimSpace(m.Quantity.Text)
			out = append(out, m)
			floor = m.End
		}
		i = max(end, i+1)
	}
	return out
}

// spansTaken says for each rune that lies in a span where that span ends.
func spansTaken(n int, lists ...[][2]int) []int {
	taken := make([]int, n)
	for _, list := range lists {
		for _, t := range list {
			for i := t[0]; i < min(t[1], n); i++ {
				taken[i] = t[1]
			}
		}
	}
	return taken
}

// readMeasure reads the measure whose number starts at i. end is where to go
// on, also when the number counts for nothing.
func readMeasure(r []rune, i, floor int) (m Measure, end int, ok bool) {
	n, ok := readNumber(r, i)
	if !ok {
		return m, i + 1, false
	}
	if isNamed(r, n) || isMarker(r, n) {
		return m, n.end, false
	}
	if end := dimensions(r, n); end > n.end {
		return m, end, false
	}
	m = Measure{Number: signed(r, n.start, floor), Approx: n.approx || isNearly(r, n)}
	m.setFirst(r, n)
	end = m.readRest(r, n, floor)
	symbol := prefixAt(r, n.start)
	if m.Unit == "" && strings.HasPrefix(symbol, "H") {
		m.Unit, m.Start = symbol, min(m.Start, n.start-len(symbol))
	}
	if op, start, implied := opBefore(r, n.start-len(symbol)); symbol != "" && m.Op == "" && op != "" && start >= floor {
		m.Op, m.Start, m.Implied = op, start, implied // 做到Ra0.8
	}
	if n.han && !m.credible(r, n) {
		return m, n.end, false
	}
	if m.Unit == "" && m.Op == "" && m.Quantity.Num2 == nil && !announced(r, m.Number) && !behindQuantity(r, n) && !(n.han && m.credible(r, n)) {
		return m, end, false
	}
	return m, m.End, true
}

// isNearly reports whether 小 before a round number says that it is not quite
// reached: 小一百, 小两万.
func isNearly(r []rune, n numeral) bool {
	return n.han && at(r, n.start-1) == '小' && hanPower(r[n.end-1]) > 0 && at(r, n.start-2) != '大' && at(r, n.start-2) != '缩'
}

// signed returns where the number starts, its sign included.
func signed(r []rune, i, floor int) int {
	c := at(r, i-1)
	if i-1 < floor || c != '-' && c != '+' {
		return i
	}
	if before := at(r, i-2); isDigit(before) || isLatin(before) || before == ')' {
		return i
	}
	return i - 1
}

func (m *Measure) setFirst(r []rune, n numeral) {
	m.Quantity = Quantity{Text: n.text, Num: n.value, Num2: n.high}
	if m.Number < n.start {
		m.Quantity.Text = string(r[m.Number]) + n.text
		if r[m.Number] == '-' {
			m.Quantity.Num = -n.value
		}
	}
	if hasAt(r, m.Number-2, "零下") {
		m.Number -= 2
		m.Quantity = Quantity{Text: "-" + n.text, Num: -n.value}
	}
}

// readRest reads range, tolerance, unit and comparators around the first number.
func (m *Measure) readRest(r []rune, n numeral, floor int) int {
	end := m.readTail(r, n)
	op, start, implied := opBefore(r, m.Number)
	if start >= floor && op != "" {
		m.Op, m.Start, m.Implied = op, start, implied
	} else {
		m.Start = m.Number
	}
	if verb, at, ok := changeBefore(r, m.Start); ok && at >= floor && !m.Implied {
		m.Change, m.Start = verb, at
	}
	m.End = end
	if op, after := opAfter(r, end); op != "" {
		m.End = after
		if op == About && m.Op != "" {
			m.Approx = true
		} else if m.Op != PlusMinus {
			m.Op, m.Implied = op, false
		}
	}
	if m.Quantity.Num2 != nil && (m.Op == "" || m.Implied) {
		m.Op, m.Implied = Between, false
		if strings.Contains(m.Quantity.Text, "±") {
			m.Op = PlusMinus
		}
	}
	return m.End
}

// readTail reads the second number of a range or tolerance, and the unit.
func (m *Measure) readTail(r []rune, n numeral) int {
	end := skipSome(r, n.end, m)
	unit := readUnit(r, end)
	if n.unit != "" {
		m.Unit, unit = n.unit, end
	} else {
		m.Unit = unitText(r[end:unit])
	}
	sep, second := rangeAfter(r, unit)
	if second < 0 || sep == "到" && isTransition(r, m.Number) {
		m.UnitEnd = unit
		return unit
	}
	hi, ok := readNumber(r, second)
	if !ok {
		m.UnitEnd = unit
		return unit
	}
	hiEnd := skipSome(r, hi.end, m)
	hiUnit := readUnit(r, hiEnd)
	if hi.unit != "" {
		m.Unit = hi.unit
	} else if hiUnit > hiEnd {
		m.Unit = unitText(r[hiEnd:hiUnit])
	}
	value := hi.value
	if at(r, second-1) == '-' && sep != "-" && second-1 > unit {
		value, hi.text = -value, "-"+hi.text
	}
	m.UnitEnd = max(hiUnit, hiEnd)
	switch sep {
	case "±":
		m.Quantity.Text += "±" + hi.text
	case "/":
		m.Quantity.Text += "/" + hi.text // two alternatives: 50/60 Hz
		return m.UnitEnd
	default:
		m.Quantity.Text += "~" + hi.text
	}
	m.Quantity.Num2 = &value
	return m.UnitEnd
}

// unitText is the unit without spaces and without the 个 of 三个小时.
func unitText(r []rune) string {
	written := strings.TrimSpace(string(r))
	bare, counted := strings.CutPrefix(written, "个")
	if _, known := atomOf(bare); counted && known && bare != "月" && bare != "百分点" && bare != "点" {
		return bare
	}
	return written
}

// skipSome steps over 多, 余, 来 (三百来, 40多) and notes the vagueness.
func skipSome(r []rune, i int, m *Measure) int {
	if c := at(r, i); c == '多' || c == '余' || c == '来' {
		m.Approx = true
		return i + 1
	}
	return i
}

// rangeAfter returns the separator of a range at i and where its second number
// starts, -1 if no range goes on there.
func rangeAfter(r []rune, i int) (sep string, second int) {
	for _, s := range [...]string{"~", "-", "到", "至", "±", "+/-", "/"} {
		j := i
		for at(r, j) == ' ' {
			j++
		}
		if !hasAt(r, j, s) {
			continue
		}
		j += len([]rune(s))
		for at(r, j) == ' ' {
			j++
		}
		if at(r, j) == '-' && isDigit(at(r, j+1)) && s != "-" {
			j++
		}
		if s == "+/-" {
			s = "±"
		}
		if next, ok := readNumber(r, j); ok && (s != "/" || readUnit(r, next.end) > next.end) {
			return s, j
		}
	}
	return "", -1
}

// isTransition reports whether 从 or 由 before the number makes A到B a change.
func isTransition(r []rune, i int) bool {
	for back := 1; back <= 4; back++ {
		if c := at(r, i-back); c == '从' || c == '由' {
			return true
		}
	}
	return false
}

// Numbers returns the values of all numerals in a text, whatever they count.
func Numbers(text string) []float64 {
	r := folded(text)
	var out []float64
	for i := 0; i < len(r); {
		n, ok := readNumber(r, i)
		if !ok {
			i++
			continue
		}
		out = append(out, n.value)
		if n.high != nil {
			out = append(out, *n.high)
		}
		i = n.end
	}
	return out
}
