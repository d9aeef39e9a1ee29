package rag

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"tanxu/need"
)

// longestLine of a library file, in bytes.
const longestLine = 1 << 20

// date is how library files write one.
const date = "2006-01-02"

// ReadAchievements reads a file of achievements for a centre, in the form of
// docs/library-format.md. An invalid line gives an Invalid error with its
// number, and nothing is returned.
func ReadAchievements(r io.Reader, centre need.CentrePath) ([]need.Achievement, error) {
	return readLines(r, func(l achievementLine) (string, need.Achievement, error) {
		return l.Code, l.achievement(centre), l.check()
	})
}

// ReadExperts reads a file of experts, as ReadAchievements does.
func ReadExperts(r io.Reader, centre need.CentrePath) ([]need.Expert, error) {
	return readLines(r, func(l expertLine) (string, need.Expert, error) { return l.Code, l.expert(centre), l.check() })
}

// ReadFinanceProducts reads a file of finance products, as ReadAchievements does.
func ReadFinanceProducts(r io.Reader, centre need.CentrePath) ([]need.FinanceProduct, error) {
	return readLines(r, func(l financeLine) (string, need.FinanceProduct, error) { return l.Code, l.product(centre), l.check() })
}

// readLines decodes each line strictly and checks it; codes must differ.
func readLines[L, T any](r io.Reader, read func(L) (code string, row T, err error)) ([]T, error) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, longestLine)
	var out []T
	seen := map[string]int{}
	number := 0
	for lines.Scan() {
		number++
		data := bytes.TrimSpace(bytes.TrimPrefix(lines.Bytes(), []byte("\ufeff")))
		if len(data) == 0 {
			continue
		}
		var line L
		if err := decode(data, &line); err != nil {
			return nil, badLine(number, err)
		}
		code, row, err := read(line)
		if err != nil {
			return nil, badLine(number, err)
		}
		if first, twice := seen[code]; twice {
			return nil, badLine(number, fmt.Errorf("code %q stands in line %d already", code, first))
		}
		seen[code] = number
		out = append(out, row)
	}
	if err := lines.Err(); errors.Is(err, bufio.ErrTooLong) {
		return nil, badLine(number+1, fmt.Errorf("longer than %d bytes", longestLine))
	} else if err != nil {
		return nil, fmt.Errorf("read library file: %w", err)
	}
	return out, nil
}

func badLine(number int, err error) error {
	return need.Errorf(need.Invalid, "library_line", "line %d: %w", number, err)
}

// decode reads one JSON object; unknown fields and anything behind it are errors.
func decode(data []byte, into any) error {
	if !utf8.Valid(data) || bytes.ContainsRune(data, 0) || bytes.Contains(data, []byte(`\u0000`)) {
		return errors.New("not UTF-8 text")
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return err
	}
	if d.More() {
		return errors.New("more than one object in a line")
	}
	return nil
}

// rule is one demand on a field; the first that is broken is reported.
type rule struct {
	ok   bool
	text string
}

func first(rules ...rule) error {
	for _, r := range rules {
		if !r.ok {
			return errors.New(r.text)
		}
	}
	return nil
}

func length(name, text string, low, high int) rule {
	n := utf8.RuneCountInString(strings.TrimSpace(text))
	return rule{n >= low && n <= high, fmt.Sprintf("%s has %d characters, allowed are %d to %d", name, n, low, high)}
}

func oneOf(name, value string, list []string) rule {
	return rule{value == "" || slices.Contains(list, value), fmt.Sprintf("%s %q is none of %s", name, value, strings.Join(list, ", "))}
}

func regionCode(value string) rule {
	_, err := strconv.Atoi(value)
	return rule{value == "" || len(value) == 6 && err == nil, fmt.Sprintf("region %q is no code of six digits", value)}
}

func dateOf(name, value string) rule {
	_, err := time.Parse(date, value)
	return rule{value == "" || err == nil, fmt.Sprintf("%s %q is no date like 2026-05-18", name, value)}
}

func level(name string, value int) rule {
	return rule{value >= 0 && value <= 9, fmt.Sprintf("%s %d is not 1 to 9", name, value)}
}

func keywords(list []string) rule {
	long := slices.ContainsFunc(list, func(k string) bool { return utf8.RuneCountInString(k) > 40 })
	return rule{len(list) <= 10 && !long, "keywords: at most 10, each of at most 40 characters"}
}
