package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"tanxu/need"
)

// shortCell is how many runes a cell has that holds a value and nothing else.
const shortCell = 40

// absent reports whether a cell only says that there is nothing in it.
func absent(words string) bool {
	switch words {
	case "", "/", "\\", "-", "--", "—", "――", "空", "略", "无需", "不涉及", "暂无", "待定", "同上", "null", "n/a", "na", "tbd":
		return true
	}
	return nothing(words)
}

// cell reads a part that belongs to one field as a whole.
func (rd *reader) cell(p Part) {
	k, words := p.Field, plainText(string(rd.t.runes))
	if absent(words) {
		return
	}
	short := len([]rune(words)) <= shortCell
	switch k.Shape() {
	case need.Cash:
		rd.moneyCell(k, p.Unit, short)
	case need.Date:
		rd.dateCell(p.Unit, short)
	case need.Code:
		rd.codeCell(k, short)
	case need.Table:
		rd.rowsCell()
	case need.List:
		rd.statements(k)
	default:
		rd.add(k, rd.t.whole())
	}
	if len(rd.out.Values)+len(rd.out.Rows) > 0 || k == need.KeyIndicator {
		return
	}
	status := need.Vague
	if short && (refuses(words) || words == "保密") {
		status = need.Declined
	}
	rd.mark(k, status, "", rd.t.whole())
}

// bareNumber finds a number that ends a cell or stands alone in it.
var bareNumber = regexp.MustCompile(`\d(?:[\d,，.]*\d)?`)

// hugeBare is from which bare number on nobody means 万元.
const hugeBare = 100_000

// moneyCell reads an amount; the unit of the header counts for numbers without
// one.
func (rd *reader) moneyCell(k need.Key, unit string, short bool) {
	s := string(rd.t.runes)
	at := bareNumber.FindAllStringIndex(s, -1)
	if !short || len(at) == 0 || containsAny(s, "万", "亿", "元", "千", "百") {
		rd.budget(k, true)
		return
	}
	last := at[len(at)-1]
	if n, err := strconv.ParseFloat(strings.NewReplacer(",", "", "，", "").Replace(s[last[0]:last[1]]), 64); unit == "" && err == nil && n >= hugeBare {
		unit = "元"
	}
	if unit == "" {
		unit = "万元"
	}
	for _, a := range need.Amounts(s[:last[1]]+unit+s[last[1]:], true) {
		rd.found(k, need.Value{Money: &a.Money}, rd.t.whole())
		return
	}
}

var (
	serialDate  = regexp.MustCompile(`^\d{5}(?:\.\d+)?$`)
	compactDate = regexp.MustCompile(`^(20\d{2})(0[1-9]|1[0-2])([0-3]\d)?$`)
	bareYear    = regexp.MustCompile(`^20\d{2}$`)
	bareCount   = regexp.MustCompile(`^\d{1,3}(?:\s*[-~～至到]\s*\d{1,3})?$`)
)

// Days of spreadsheets count from the end of 1899; these are 2000 and 2099.
const (
	firstSerial = 36_526
	lastSerial  = 73_050
)

// dateCell reads a date or duration in one of the forms of spreadsheets. Of
// several dates the last is the end.
func (rd *reader) dateCell(unit string, short bool) {
	s := strings.TrimSpace(string(rd.t.runes))
	if !short {
		rd.deadline(true)
		return
	}
	if iso := dateCode(s); iso != "" {
		// A day count of a spreadsheet says nothing to people: they see the date.
		rd.found(need.KeyDeadline, need.Value{Deadline: &need.Deadline{ISO: iso, Text: iso}}, rd.t.whole())
		return
	}
	read := s
	if bareCount.MatchString(s) {
		switch unit {
		case "月", "个月":
			read = s + "个月"
		case "年", "天", "周":
			read = s + unit
		}
	}
	var best *need.When
	for _, w := range need.Deadlines(read, rd.c.Now) {
		if best == nil || best.Duration && !w.Duration || !w.Duration && !best.Duration && w.Deadline.ISO > best.Deadline.ISO {
			best = &w
		}
	}
	if best != nil {
		d := need.Deadline{ISO: best.Deadline.ISO, Text: s}
		rd.found(need.KeyDeadline, need.Value{Deadline: &d}, rd.t.whole())
	}
}

// dateCode reads a date that is written as a number, "" if it is none.
func dateCode(s string) string {
	if serialDate.MatchString(s) {
		days, err := strconv.ParseFloat(s, 64)
		if err != nil || days < firstSerial || days > lastSerial {
			return ""
		}
		return time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(days)).Format(time.DateOnly)
	}
	if m := compactDate.FindStringSubmatch(s); m != nil && m[3] == "" {
		return m[1] + "-" + m[2]
	} else if m != nil {
		if _, err := time.Parse("20060102", s); err == nil {
			return m[1] + "-" + m[2] + "-" + m[3]
		}
		return ""
	}
	if bareYear.MatchString(s) {
		return s
	}
	return ""
}

// ticked finds the words behind a box that is ticked.
var ticked = regexp.MustCompile(`[☑☒√✓✔■●◉][\s]*([^\s☑☒√✓✔■●◉□☐○◯，,；;]+)`)

// codeCell reads a code: of words behind boxes, of the ticked ones only.
func (rd *reader) codeCell(k need.Key, short bool) {
	s := string(rd.t.runes)
	read := s
	if strings.ContainsAny(s, "□☐○◯☑☒√✓✔■") {
		read = ""
		for _, m := range ticked.FindAllStringSubmatch(s, -1) {
			read += m[1] + " "
		}
	}
	read = strings.TrimSpace(read)
	if k == need.KeyRegion {
		for _, r := range need.Regions() {
			if strings.HasPrefix(read, r.Code[:4]) {
				read = r.Name
			}
		}
	}
	code, ok := read, slices.Contains(k.Codes(), read)
	if !ok {
		code, _, _, ok = need.ReadCode(k, read)
	}
	if !ok {
		return
	}
	where := rd.t.whole()
	if _, start, end, found := need.ReadCode(k, s); found && !short {
		where = rd.t.clauseAround(span{start, end})
	}
	rd.found(k, need.Value{Text: code}, where)
}

// rowsCell reads the rows of indicators of a cell; words without any are what is
// to be reached.
func (rd *reader) rowsCell() {
	parts := rd.t.parts()
	for i := range parts {
		if parts[i].section == "" {
			parts[i].section = need.KeyIndicator
		}
	}
	rd.rowsOf(parts)
	if len(rd.out.Rows) == 0 {
		rd.rows(true)
	}
	rd.out.Rows = slices.DeleteFunc(rd.out.Rows, func(f RowFound) bool { return f.Row.Name == "" })
	if len(rd.out.Rows) == 0 {
		rd.add(need.KeyExpectedGoal, rd.t.whole())
	}
}
