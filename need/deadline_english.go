package need

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

var (
	englishMonth   = regexp.MustCompile(`(?i)\b(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?(?:\s+(\d{1,2})(?:st|nd|rd|th)?)?(?:,?\s+(20\d{2}))?\b`)
	englishAway    = regexp.MustCompile(`(?i)\b(?:(this|next) (month|year|quarter)|(?:the )?(?:end of )?(?:this|the) (year)(?: end)?|year[- ]end()|(chinese new year|spring festival))\b`)
	englishLasting = regexp.MustCompile(`(?i)\b(\d{1,3}|an?|half a|one|two|three|four|five|six|eight|nine|ten|twelve|eighteen)(?:\s*(?:-|to)\s*(\d{1,3}))?[ -](day|week|month|year)s?\b`)
)

// englishDeadlines finds the dates and durations of English answers.
func englishDeadlines(s string, now time.Time, add func(m []int, iso string, isDuration bool)) {
	for _, m := range englishMonth.FindAllStringSubmatchIndex(s, -1) {
		month, err := time.Parse("Jan", strings.ToUpper(part(s, m, 1)[:1])+strings.ToLower(part(s, m, 1)[1:3]))
		if err != nil || part(s, m, 2) == "" && part(s, m, 3) == "" && strings.EqualFold(s[m[0]:m[1]], "may") {
			continue
		}
		year, err := strconv.Atoi(part(s, m, 3))
		if err != nil {
			year = now.Year()
			if month.Month() < now.Month() {
				year++
			}
		}
		add(m, isoDate(year, strconv.Itoa(int(month.Month())), part(s, m, 2), ""), false)
	}
	for _, m := range englishAway.FindAllStringSubmatchIndex(s, -1) {
		add(m, englishDate(now, strings.ToLower(part(s, m, 1)), strings.ToLower(part(s, m, 2)), part(s, m, 5) != ""), false)
	}
	for _, m := range englishLasting.FindAllStringSubmatchIndex(s, -1) {
		n := englishNumber(strings.ToLower(part(s, m, 1)))
		if high, err := strconv.Atoi(part(s, m, 2)); err == nil {
			n = float64(high)
		}
		add(m, englishLength(n, strings.ToLower(part(s, m, 3))), true)
	}
}

func englishDate(now time.Time, which, unit string, festival bool) string {
	on := 0
	if which == "next" {
		on = 1
	}
	switch {
	case festival:
		return newYearDay(now, "", "")
	case unit == "month":
		return monthAfter(now, on, "")
	case unit == "quarter":
		return monthAfter(now, 3*on+2-(int(now.Month())-1)%3, "")
	case which == "next":
		return strconv.Itoa(now.Year() + 1)
	default:
		return fmt.Sprintf("%04d-12", now.Year())
	}
}

func englishNumber(word string) float64 {
	for i, w := range [...]string{"half a", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"} {
		if w == word {
			return max(0.5, float64(i))
		}
	}
	switch word {
	case "a", "an":
		return 1
	case "eighteen":
		return 18
	}
	n, err := strconv.ParseFloat(word, 64)
	if err != nil {
		return 0
	}
	return n
}

// englishLength writes so many days, weeks, months or years as P10D or P6M.
func englishLength(n float64, unit string) string {
	switch {
	case n <= 0:
		return ""
	case unit == "year":
		return fmt.Sprintf("P%dM", int(n*12))
	case unit == "month" && n >= 1:
		return fmt.Sprintf("P%dM", int(n))
	case unit == "month":
		return "P15D"
	case unit == "week":
		return fmt.Sprintf("P%dD", int(n*7))
	default:
		return fmt.Sprintf("P%dD", int(n))
	}
}
