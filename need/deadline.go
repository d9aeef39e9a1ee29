package need

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// When is one date or duration in a text; offsets count runes.
type When struct {
	Start, End int
	Deadline   Deadline
	Duration   bool
	// Limit: words beside it make it a limit (最晚…, …前, …内, 工期…).
	Limit bool
}

const hanOrDigits = `[\d零〇一二两三四五六七八九十百]+`

var (
	absoluteDate = regexp.MustCompile(`((?:19|20)\d{2}|[一二]\s?[九零〇][零〇一二三四五六七八九]{2})\s*年\s*(?:(` + hanOrDigits + `)\s*月(?:份)?\s*(?:(` + hanOrDigits + `)\s*[日号])?|(年?底|年?末|年终|年初|上半年|下半年|第?[一二三四1-4]季度|[Qq][1-4]))?`)
	numericDate  = regexp.MustCompile(`\b(20\d{2})[./\-](\d{1,2})(?:[./\-](\d{1,2}))?\b`)
	relativeDate = regexp.MustCompile(`(今年|本年度|本年|明年|来年|后年)\s*(?:(` + hanOrDigits + `)\s*月(?:份)?\s*(?:(` + hanOrDigits + `)\s*[日号])?|(年?底|年?末|年终|年初|上半年|下半年|第?[一二三四1-4]季度|[Qq][1-4]|元旦|五一|国庆|十一))?`)
	bareDate     = regexp.MustCompile(`(?:^|[^\d年零〇一二两三四五六七八九十])(` + hanOrDigits + `)\s*月(?:份)?\s*(?:(` + hanOrDigits + `)\s*[日号]|(底|末|初|前|之前|以前))|(年底|年末|年终|下半年|上半年|第?[一二三四]季度|[Qq][1-4])`)
	duration     = regexp.MustCompile(`(` + hanOrDigits + `|半)(?:\s*[~～\-—至到]\s*(` + hanOrDigits + `))?\s*(个半月|个月|月内|个季度|年半|年|周|个星期|个礼拜|天|个工作日|日内)`)
	limitBefore  = regexp.MustCompile(`(最晚|最迟|截止|截至|期限|时限|周期|工期|交期|完成时间|赶|之前要|deadline|within|by|给|要求|计划|预计|拟定|希望|争取|力争|定在|为期|时间|跟着|赶在)[^。；;\n]{0,8}$`)
	limitAfter   = regexp.MustCompile(`^[^。；;\n，,]{0,4}?(之前|以前|前|以内|之内|内|里头|完成|到期|截止|必须|要|解决|验收|交付|投产|搞定|吧|左右|见效|结题)`)
)

// Deadlines finds dates and durations in a text. Dates without a year, and
// words such as 明年六月, count from now, in its location.
func Deadlines(text string, now time.Time) []When {
	s := string(folded(text))
	at := runeIndex(s)
	taken := make([]bool, len(s)+1)
	var out []When
	add := func(m []int, iso string, isDuration bool) {
		if iso == "" || taken[m[0]] || taken[m[1]-1] {
			return
		}
		for i := m[0]; i < m[1]; i++ {
			taken[i] = true
		}
		if !isDuration {
			m, iso = endOfMonth(s, m, iso)
		}
		out = append(out, newWhen(text, s, at, m, iso, isDuration))
	}
	for _, m := range absoluteDate.FindAllStringSubmatchIndex(s, -1) {
		add(m, isoDate(hanYear(part(s, m, 1)), part(s, m, 2), part(s, m, 3), part(s, m, 4)), false)
	}
	for _, m := range numericDate.FindAllStringSubmatchIndex(s, -1) {
		year, _ := strconv.Atoi(part(s, m, 1))
		add(m, isoDate(year, part(s, m, 2), part(s, m, 3), ""), false)
	}
	spokenDeadlines(s, now, add)
	for _, m := range relativeDate.FindAllStringSubmatchIndex(s, -1) {
		add(m, isoDate(yearOf(part(s, m, 1), now), part(s, m, 2), part(s, m, 3), part(s, m, 4)), false)
	}
	for _, m := range bareDate.FindAllStringSubmatchIndex(s, -1) {
		addBare(s, m, now, add)
	}
	for _, m := range duration.FindAllStringSubmatchIndex(s, -1) {
		add(m, isoDuration(part(s, m, 1), part(s, m, 2), part(s, m, 3)), true)
	}
	return out
}

// addBare adds a date that names no year: the next such day from now.
func addBare(s string, m []int, now time.Time, add func([]int, string, bool)) {
	if m[2] >= 0 {
		m = append([]int{m[2], m[1]}, m[2:]...)
	}
	iso := isoDate(now.Year(), part(s, m, 1), part(s, m, 2), part(s, m, 4))
	if month, err := time.Parse("2006-01", iso[:min(7, len(iso))]); err == nil && month.Before(now.AddDate(0, -1, 0)) {
		iso = isoDate(now.Year()+1, part(s, m, 1), part(s, m, 2), part(s, m, 4))
	}
	add(m, iso, false)
}

func part(s string, m []int, i int) string {
	if 2*i+1 >= len(m) || m[2*i] < 0 {
		return ""
	}
	return s[m[2*i]:m[2*i+1]]
}

// runeIndex maps the byte offsets of s to rune offsets.
func runeIndex(s string) []int {
	at := make([]int, len(s)+1)
	n := 0
	for i := range s {
		at[i] = n
		n++
	}
	at[len(s)] = n
	return at
}

// around is how many bytes beside a date are looked at for words of a limit.
const around = 80

func newWhen(text, s string, at []int, m []int, iso string, isDuration bool) When {
	start, end := at[m[0]], at[m[1]]
	written := s[m[0]:m[1]]
	if len(text) == len(s) {
		written = text[m[0]:m[1]]
	}
	left, right := s[max(0, m[0]-around):m[0]], s[m[1]:min(len(s), m[1]+around)]
	return When{
		Start: start, End: end, Duration: isDuration,
		Deadline: Deadline{ISO: iso, Text: strings.TrimSpace(written)},
		Limit:    limitBefore.MatchString(left) || limitAfter.MatchString(right) || strings.HasSuffix(written, "内") || strings.HasSuffix(written, "前"),
	}
}

// hanYear reads 2027 and 二零二七.
func hanYear(s string) int {
	year := 0
	for _, r := range s {
		switch {
		case isDigit(r):
			year = year*10 + int(r-'0')
		case hanDigit(r) >= 0:
			year = year*10 + hanDigit(r)
		}
	}
	return year
}

func yearOf(word string, now time.Time) int {
	switch word {
	case "明年", "来年":
		return now.Year() + 1
	case "后年":
		return now.Year() + 2
	default:
		return now.Year()
	}
}

// isoDate writes YYYY, YYYY-MM or YYYY-MM-DD, "" for a date that cannot be.
// Parts of a year count by their last month.
func isoDate(year int, month, day, season string) string {
	if month == "" {
		if m := lastMonth(season); m > 0 {
			return fmt.Sprintf("%04d-%02d", year, m)
		}
		return fmt.Sprintf("%04d", year)
	}
	m := small(month)
	if m < 1 || m > 12 {
		return ""
	}
	if day == "" {
		return fmt.Sprintf("%04d-%02d", year, m)
	}
	d := small(day)
	if d < 1 || d > time.Date(year, time.Month(m)+1, 0, 0, 0, 0, 0, time.UTC).Day() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, m, d)
}

func lastMonth(season string) int {
	switch {
	case season == "":
		return 0
	case season == "元旦":
		return 1
	case season == "五一":
		return 5
	case season == "国庆", season == "十一":
		return 10
	case strings.ContainsAny(season, "底末终") || strings.Contains(season, "下半年") || strings.ContainsAny(season, "四4"):
		return 12
	case strings.Contains(season, "初"):
		return 1
	case strings.Contains(season, "上半年") || strings.ContainsAny(season, "二2"):
		return 6
	case strings.ContainsAny(season, "三3"):
		return 9
	default:
		return 3
	}
}

// small reads a small Arabic or Chinese number, -1 if it is none.
func small(s string) int {
	r := []rune(s)
	n, ok := readNumber(r, 0)
	if !ok || n.end != len(r) || n.value > 9999 {
		return -1
	}
	return int(n.value)
}

// longer reads a small number, of two neighbouring digits (三五个月) the higher, -1
// if it is none.
func longer(s string) float64 {
	r := []rune(s)
	if n, ok := readNumber(r, 0); ok && n.end == len(r) && n.high != nil && *n.high < 100 {
		return *n.high
	}
	return float64(small(s))
}

// isoDuration writes P12M or P10D; of a range the longer end counts.
func isoDuration(low, high, unit string) string {
	n, half := 0.0, 0.0
	if low == "半" {
		half = 1
	} else if v := longer(low); v >= 0 {
		n = v
	} else {
		return ""
	}
	if v := longer(high); high != "" && v > 0 {
		n = v
	}
	if unit == "年" && (n > 50 || n == 0 && half == 0) {
		return ""
	}
	switch unit {
	case "年":
		return fmt.Sprintf("P%dM", int(n*12+half*6))
	case "年半":
		return fmt.Sprintf("P%dM", int(n*12+6))
	case "个月", "月内":
		if half > 0 {
			return "P15D"
		}
		return fmt.Sprintf("P%dM", int(n))
	case "个半月":
		return fmt.Sprintf("P%dD", int(n*30+15))
	case "个季度":
		return fmt.Sprintf("P%dM", int(n*3))
	case "周", "个星期", "个礼拜":
		return fmt.Sprintf("P%dD", int(n*7))
	default:
		return fmt.Sprintf("P%dD", int(n))
	}
}
