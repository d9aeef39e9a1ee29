package library

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"tanxu/need"
)

// wan is the unit of amounts: ten thousand yuan.
const wan = "万元"

// What divides the parts of a list: between whole statements, and between words.
var (
	hard = regexp.MustCompile(`[；;\n]+`)
	soft = regexp.MustCompile(`[；;\n、,，/|\s]+`)
)

// valueOf reads a cell as the value of a field, below a header that may state
// the unit. cut reports that only its first part was taken, ok is false if
// nothing could be made of it.
func valueOf(f *need.LibraryField, text, header string) (v any, cut, ok bool) {
	switch f.Shape {
	case need.TextField, need.LongField:
		v, cut = shortened(text, f.Max)
		return v, cut, true
	case need.TextsField:
		return textsOf(f, text)
	case need.ChoiceField:
		v = choiceOf(f, text)
		return v, false, v != ""
	case need.ChoicesField:
		list := choicesOf(f, text)
		return list, false, len(list) > 0
	case need.NumberField:
		n, ok := numberOf(f.Unit, text, header)
		return n, false, ok
	case need.LevelField:
		_, trl, ok := need.ReadStage(text)
		return float64(trl), false, ok && trl > 0
	case need.DayField:
		day, ok := dayOf(text)
		return day, false, ok
	case need.RegionField:
		code := regionOf(text)
		return code, false, code != ""
	case need.RegionsField:
		return regionsOf(text)
	case need.RecordsField:
		list := recordsOf(f, text)
		return list, false, len(list) > 0
	case need.RulesField:
		var list []any
		err := json.Unmarshal([]byte(text), &list)
		return list, false, err == nil
	default:
		return text, false, true
	}
}

// shortened is a text of at most size characters; 0 is any.
func shortened(text string, size int) (string, bool) {
	if size == 0 || utf8.RuneCountInString(text) <= size {
		return text, false
	}
	return string([]rune(text)[:size-1]) + "…", true
}

func split(text string, by *regexp.Regexp) []string {
	var out []string
	for _, part := range by.Split(text, -1) {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

var numbered = regexp.MustCompile(`^(?:[(（]?\d{1,2}[)）.、．]\s*|[①-⑳])`)

// textsOf reads a list: of words where a field has words, else of statements.
func textsOf(f *need.LibraryField, text string) (any, bool, bool) {
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		by := hard
		if slices.Contains([]string{"keywords", "people", "aliases", "fields", "modes"}, f.Key) {
			by = soft
		}
		list = split(text, by)
	}
	out, cut := []any{}, false
	for _, part := range list {
		part, long := shortened(numbered.ReplaceAllString(strings.TrimSpace(part), ""), f.Max)
		cut = cut || long
		if part != "" && len(out) < mostParts {
			out = append(out, part)
		}
	}
	return out, cut || len(list) > mostParts, len(out) > 0
}

// mostParts of a list are kept.
const mostParts = 30

// choiceOf finds the word that a text says, "" if none.
func choiceOf(f *need.LibraryField, text string) string {
	plain := norm.NFKC.String(text)
	switch f.Key {
	case "stage":
		stage, _, _ := need.ReadStage(plain)
		return stage
	case "pledge":
		return pledgeOf(plain)
	}
	best := ""
	for _, w := range f.Words {
		if (strings.Contains(plain, w) || len([]rune(plain)) > 1 && strings.Contains(w, strings.TrimSuffix(strings.TrimSuffix(plain, "产业链"), "产业"))) && len(w) > len(best) {
			best = w
		}
	}
	if best == "" {
		best = synonymOf(f, plain)
	}
	return best
}

// choicesOf finds all the words that a text says, in the order of the list.
func choicesOf(f *need.LibraryField, text string) []any {
	var parts []string
	if json.Unmarshal([]byte(text), &parts) != nil {
		parts = append(split(text, soft), norm.NFKC.String(text))
	}
	out := []any{}
	for _, w := range f.Words {
		if slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(p, w) || synonymOf(f, p) == w }) {
			out = append(out, w)
		}
	}
	return out
}

// synonymOf finds a word by another one for it.
func synonymOf(f *need.LibraryField, text string) string {
	for _, s := range synonyms() {
		if s.key != f.Key || !slices.Contains(f.Words, s.word) {
			continue
		}
		for other := range strings.FieldsSeq(s.others) {
			if strings.Contains(text, other) {
				return s.word
			}
		}
	}
	return ""
}

var (
	figure = regexp.MustCompile(`\d+(?:,\d{3})*(?:\.\d+)?`)
	years  = regexp.MustCompile(`年`)
)

// numberOf reads a figure in a unit: an amount in 万元, a time in months. Of a
// range the upper bound counts, as it is what a product offers at most.
func numberOf(unit, text, header string) (float64, bool) {
	plain := norm.NFKC.String(text)
	found := figure.FindAllString(plain, -1)
	if len(found) == 0 {
		return 0, false
	}
	top := 0.0
	for _, s := range found {
		n, err := strconv.ParseFloat(strings.ReplaceAll(s, ",", ""), 64)
		if err != nil {
			return 0, false
		}
		top = max(top, n)
	}
	switch unit {
	case wan:
		return top * scale(plain, norm.NFKC.String(header)), true
	case "个月":
		if years.MatchString(plain) || years.MatchString(header) && !strings.Contains(plain, "月") {
			return top * 12, true
		}
	}
	return top, true
}

// scale is by what an amount is multiplied to be in 万元. What the cell says
// counts, then the header; a bare figure is in 万元.
func scale(cell, header string) float64 {
	for _, text := range []string{cell, header} {
		switch {
		case strings.Contains(text, "亿"):
			return 10_000
		case strings.Contains(text, "万"):
			return 1
		case strings.Contains(text, "千元"):
			return 0.1
		case strings.Contains(text, "元"):
			return 0.0001
		}
	}
	return 1
}

var day = regexp.MustCompile(`^(\d{4})\s*[-./年]\s*(\d{1,2})(?:\s*[-./月]\s*(\d{1,2}))?`)

// The serial numbers of days that a spreadsheet may mean: 1954 to 2064.
const (
	firstSerial = 20_000
	lastSerial  = 60_000
)

// dayOf reads a date as sheets have them, serial numbers of spreadsheets too. A
// month is its first day.
func dayOf(text string) (string, bool) {
	plain := strings.TrimSpace(norm.NFKC.String(text))
	if n, err := strconv.ParseFloat(plain, 64); err == nil {
		switch {
		case n >= firstSerial && n <= lastSerial:
			return time.Date(1899, 12, 30+int(n), 0, 0, 0, 0, time.UTC).Format(time.DateOnly), true
		case len(plain) == 8:
			t, err := time.Parse("20060102", plain)
			return t.Format(time.DateOnly), err == nil
		case len(plain) == 4 && n > 1900:
			return plain + "-01-01", true
		}
	}
	m := day.FindStringSubmatch(plain)
	if m == nil {
		return "", false
	}
	if m[3] == "" {
		m[3] = "1"
	}
	t, err := time.Parse("2006-1-2", m[1]+"-"+m[2]+"-"+m[3])
	return t.Format(time.DateOnly), err == nil
}

// regionOf finds the code of the area that a text names, "" if it is none of
// ours.
func regionOf(text string) string {
	plain := norm.NFKC.String(text)
	if len(plain) == 6 && strings.Trim(plain, "0123456789") == "" {
		return plain
	}
	for _, r := range need.Regions() {
		if strings.Contains(plain, r.Name) {
			return r.Code
		}
	}
	if strings.Contains(plain, "江西") || strings.Contains(plain, "全省") {
		return "360000"
	}
	return ""
}

func regionsOf(text string) (any, bool, bool) {
	var list []string
	if json.Unmarshal([]byte(text), &list) != nil {
		list = split(text, soft)
	}
	out := []any{}
	for _, part := range list {
		if code := regionOf(part); code != "" && !slices.Contains(out, any(code)) {
			out = append(out, code)
		}
	}
	if len(out) == 0 && strings.Contains(text, "全国") {
		return out, false, true // open to all
	}
	return out, false, len(out) > 0
}
