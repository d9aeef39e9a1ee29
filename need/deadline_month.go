package need

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// dayOfEnd finds the day that is told behind the end of a month: 3月底，28号.
var dayOfEnd = regexp.MustCompile(`^[，,、 ]\s*(\d{1,2})[日号]`)

// endOfMonth makes a month of which the end is said (3月底, 这个月末) its last day,
// or the day that follows; a month alone stays one.
func endOfMonth(s string, m []int, iso string) ([]int, string) {
	month, err := time.Parse("2006-01", iso)
	if err != nil {
		return m, iso
	}
	end := m[1]
	for _, w := range []string{"底", "末"} {
		if strings.HasPrefix(s[end:], w) {
			end += len(w)
			break
		}
	}
	written := s[m[0]:end]
	if i := strings.LastIndex(written, "月"); i < 0 || !containsEnd(written[i:]) {
		return m, iso
	}
	day := month.AddDate(0, 1, -1).Day()
	if told := dayOfEnd.FindStringSubmatch(s[end:]); told != nil {
		if n, err := strconv.Atoi(told[1]); err == nil && n > 0 && n <= day {
			day, end = n, end+len(told[0])
		}
	}
	return []int{m[0], end}, fmt.Sprintf("%s-%02d", iso, day)
}

// containsEnd reports whether the words from 月 on say its end: 月底, 月份末.
func containsEnd(words string) bool {
	return strings.HasPrefix(words, "月底") || strings.HasPrefix(words, "月末") || strings.HasPrefix(words, "月份底") || strings.HasPrefix(words, "月份末")
}
