package need

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// uncounted is what stands before 年后, 年前 and 月底 where no number or pronoun makes
// them count (三年后, 这个月底).
const uncounted = `(?:^|[^\d个零〇一二两三四五六七八九十百半几多数来本今明后去前当每往整全下这])`

var (
	springFestival = regexp.MustCompile(`(今年|明年|来年|后年|本年)?(?:过年|春节|除夕|年三十|大年|农历年|旧历年)(?:以|之)?([前后])?`)
	aroundNewYear  = regexp.MustCompile(uncounted + `(过完年|年前|年后|开年|开春|年内)`)
	feast          = regexp.MustCompile(`((去年|前年|每年|往年)?(今年|明年|来年|后年|本年)?的?(元旦|清明|五一|劳动节|端午|七一|八一|中秋|国庆|双十一|双11|双十二|圣诞|春天|春季|夏天|夏季|暑假|秋天|秋季|开学|冬天|冬季|寒假))(?:以|之)?(前)?`)
	tenthFirst     = regexp.MustCompile(`(?:^|[^月双\d零〇一二两三四五六七八九])(十一)(?:以前|之前|前|长假|黄金周|假期|放假)`)
	monthAway      = regexp.MustCompile(`(下下|下|这|本|当)个?月(初|中|底|末|份|内|\d{1,2}[日号])?`)
	monthEnd       = regexp.MustCompile(uncounted + `(月底|月末)`)
	weekAway       = regexp.MustCompile(`((下下|下|这|本)个?(?:周|星期|礼拜)([一二三四五六日天末])?)(?:[^期围边转长]|$)`)
	shortYear      = regexp.MustCompile(`(?:^|[^\d])([2-4]\d)年(?:(` + hanOrDigits + `)\s*月(?:份)?\s*(?:(` + hanOrDigits + `)\s*[日号])?|(年?底|年?末|年终|年初|上半年|下半年|第?[一二三四1-4]季度))`)
	looseDuration  = regexp.MustCompile(`一年半载|个把月|个把星期|个把礼拜|年把|十天半个?月|半个月`)
)

// spokenDeadlines finds the dates that people name by feasts, seasons and the
// month that they are in, and durations without a number.
func spokenDeadlines(s string, now time.Time, add func(m []int, iso string, isDuration bool)) {
	each := func(re *regexp.Regexp, group int, iso func(part func(int) string) string) {
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			at := m[2*group : 2*group+2]
			if at[0] < 0 {
				at = m[:2]
			}
			add(at, iso(func(i int) string { return part(s, m, i) }), false)
		}
	}
	each(springFestival, 0, func(part func(int) string) string { return newYearDay(now, part(1), part(2)) })
	each(aroundNewYear, 1, func(part func(int) string) string { return aroundNew(now, part(1)) })
	each(feast, 1, func(part func(int) string) string { return feastDay(now, part(2), part(3), part(4), part(5)) })
	each(tenthFirst, 1, func(func(int) string) string { return feastDay(now, "", "", "国庆", "前") })
	each(monthAway, 0, func(part func(int) string) string { return monthAfter(now, stepsOn(part(1)), part(2)) })
	each(monthEnd, 1, func(func(int) string) string { return monthAfter(now, 0, "底") })
	each(weekAway, 1, func(part func(int) string) string { return weekDay(now, stepsOn(part(2)), part(3)) })
	for _, m := range shortYear.FindAllStringSubmatchIndex(s, -1) {
		year, err := strconv.Atoi(part(s, m, 1))
		if err == nil {
			add([]int{m[2], m[1]}, isoDate(2000+year, part(s, m, 2), part(s, m, 3), part(s, m, 4)), false)
		}
	}
	for _, m := range looseDuration.FindAllStringIndex(s, -1) {
		add(m, looseLength(s[m[0]:m[1]]), true)
	}
	englishDeadlines(s, now, add)
}

// newYearDay is the Spring Festival, the day before it, or the month after it.
func newYearDay(now time.Time, year, side string) string {
	y := yearOf(year, now)
	day := springFestivalOf(y)
	if year != "明年" && year != "来年" && year != "后年" && day.Before(now) {
		day = springFestivalOf(y + 1)
	}
	switch side {
	case "前":
		return day.AddDate(0, 0, -1).Format(time.DateOnly)
	case "后":
		return day.AddDate(0, 1, 0).Format("2006-01")
	default:
		return day.Format("2006-01")
	}
}

// aroundNew reads 年前, 年后, 开春 and 年内.
func aroundNew(now time.Time, words string) string {
	switch words {
	case "年内":
		return fmt.Sprintf("%04d-12", now.Year())
	case "年前":
		return newYearDay(now, "", "前")
	default:
		return newYearDay(now, "", "后")
	}
}

// springFestivalOf is the first day of the lunar year that begins in a year; for
// years beyond the table the middle of its range.
func springFestivalOf(year int) time.Time {
	days := [...]string{
		"01-29", "02-17", "02-06", "01-26", "02-13", "02-03", "01-23", "02-11", "01-31", "02-19", "02-08", "01-28", "02-15", "02-04", "01-24", "02-12",
	}
	const first = 2025
	day := "02-05"
	if i := year - first; i >= 0 && i < len(days) {
		day = days[i]
	}
	t, err := time.Parse(time.DateOnly, fmt.Sprintf("%04d-%s", year, day))
	if err != nil {
		return time.Date(year, 2, 5, 0, 0, 0, 0, time.UTC)
	}
	return t
}

// feastDay is the month of a feast or the last month of a season: in the year
// that is named, else the next one from now.
//
// A season without a year and without 前 is only when something happens.
func feastDay(now time.Time, past, year, name, side string) string {
	if past != "" || year == "" && side == "" && strings.ContainsAny(name, "春夏秋冬") {
		return ""
	}
	month := feastMonth(name)
	y := yearOf(year, now)
	if year == "" && month < int(now.Month()) {
		y++
	}
	return fmt.Sprintf("%04d-%02d", y, month)
}

func feastMonth(name string) int {
	switch name {
	case "元旦":
		return 1
	case "寒假":
		return 2
	case "清明":
		return 4
	case "五一", "劳动节", "春天", "春季":
		return 5
	case "端午":
		return 6
	case "七一":
		return 7
	case "八一", "夏天", "夏季", "暑假":
		return 8
	case "中秋", "开学":
		return 9
	case "国庆":
		return 10
	case "双十一", "双11", "秋天", "秋季":
		return 11
	default:
		return 12
	}
}

// stepsOn is how many months or weeks on 这, 下 and 下下 are.
func stepsOn(word string) int {
	switch word {
	case "下":
		return 1
	case "下下":
		return 2
	default:
		return 0
	}
}

// monthAfter is the month so many months on, or a day in it.
func monthAfter(now time.Time, months int, day string) string {
	first := time.Date(now.Year(), now.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	if digits := strings.TrimRight(day, "日号"); digits != day {
		return isoDate(first.Year(), strconv.Itoa(int(first.Month())), digits, "")
	}
	return first.Format("2006-01")
}

// weekDay is a day of the week so many weeks on, its Sunday if none is named.
func weekDay(now time.Time, weeks int, day string) string {
	monday := now.AddDate(0, 0, 7*weeks-(int(now.Weekday())+6)%7)
	days := 6
	if d := hanDigit([]rune(day + "日")[0]); d > 0 {
		days = d - 1
	}
	return monday.AddDate(0, 0, days).Format(time.DateOnly)
}

func looseLength(words string) string {
	switch words {
	case "一年半载", "年把":
		return "P12M"
	case "个把月":
		return "P1M"
	case "个把星期", "个把礼拜":
		return "P7D"
	default:
		return "P15D"
	}
}
