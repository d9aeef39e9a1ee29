package document

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tanxu/need"
)

// sampledRows is how many rows below a header tell what its columns hold.
const sampledRows = 60

// mostly is the share of cells that must look like a target.
const mostly = 0.6

var (
	phone = regexp.MustCompile(`^(?:\+?86[- ]?)?(?:1[3-9]\d[- ]?\d{4}[- ]?\d{4}|(?:\(?0\d{2,3}\)?[- ]?)?\d{7,8}(?:-\d{1,5})?)$`)
	email = regexp.MustCompile(`^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$`)
	org   = regexp.MustCompile(`(?:公司|集团|工厂|厂|研究院|研究所|大学|学院|医院|合作社|中心|企业)(?:[(（].*[)）])?$`)
)

// looks says what a cell may be, the surest first.
func looks() []struct {
	target Target
	sure   float64
	is     func(string) bool
} {
	short := func(s string, n int) bool { return utf8.RuneCountInString(s) <= n }
	code := func(k need.Key, n int) func(string) bool {
		return func(s string) bool {
			_, _, _, ok := need.ReadCode(k, s)
			return ok && short(s, n)
		}
	}
	return []struct {
		target Target
		sure   float64
		is     func(string) bool
	}{
		{OrgUSCC, 0.95, func(s string) bool { _, err := need.ParseUSCC(s); return err == nil }},
		{ContactEmail, 0.95, email.MatchString},
		{ContactPhone, 0.9, phone.MatchString},
		{OrgName, 0.85, func(s string) bool { return short(s, 40) && org.MatchString(s) }},
		{Target(need.KeyCoopMode), 0.8, code(need.KeyCoopMode, 16)},
		{Target(need.KeyRegion), 0.75, code(need.KeyRegion, 12)},
		{Target(need.KeyChain), 0.75, func(s string) bool {
			return slices.Contains(need.Chains(), strings.TrimSuffix(strings.TrimSuffix(s, "链"), "产业"))
		}},
		{Target(need.KeyBudget), 0.7, func(s string) bool {
			return short(s, 24) && strings.ContainsAny(s, "万元亿") && len(need.Amounts(s, true)) > 0
		}},
		{Target(need.KeyDeadline), 0.7, func(s string) bool { return short(s, 24) && len(need.Deadlines(s, time.Time{})) > 0 }},
		{Target(need.KeyIndicator), 0.65, func(s string) bool {
			return !short(s, 4) && slices.ContainsFunc(need.Measures(s), func(m need.Measure) bool { return m.Op != "" && m.Unit != "" })
		}},
	}
}

// content finds the target of a column by its cells.
func content(cells []string) guess {
	if len(cells) == 0 {
		return guess{reason: NotKnown}
	}
	if counts(cells) {
		return guess{Number, sureByWord, ByContent}
	}
	for _, l := range looks() {
		if n := share(cells, l.is); n >= mostly {
			return guess{l.target, n * l.sure, ByContent}
		}
	}
	return guess{reason: NotKnown}
}

func share(cells []string, is func(string) bool) float64 {
	n := 0
	for _, c := range cells {
		if is(c) {
			n++
		}
	}
	return float64(n) / float64(len(cells))
}

// counts reports whether the cells count their rows: 1, 2, 3 ….
func counts(cells []string) bool {
	for i, c := range cells {
		if n, err := strconv.Atoi(c); err != nil || n != i+1 {
			return false
		}
	}
	return len(cells) > 1
}

// meanLength is how many characters the cells have on average.
func meanLength(cells []string) int {
	n := 0
	for _, c := range cells {
		n += utf8.RuneCountInString(c)
	}
	return n / max(1, len(cells))
}
