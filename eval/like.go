package eval

import (
	"encoding/json"
	"fmt"
	"strings"
	"unicode"

	"tanxu/need"
	"tanxu/need/record"
)

func list(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func str[T ~string](s *T) string {
	if s == nil {
		return ""
	}
	return string(*s)
}

func quantity(q *record.Quantity) string {
	if q == nil {
		return "-"
	}
	return q.Text
}

func rowNames(rows []record.Indicator) string {
	var names []string
	for _, row := range rows {
		names = append(names, row.Name+" "+quantity(row.Current)+"→"+str(row.Op)+quantity(row.Target)+str(row.Unit))
	}
	return strings.Join(names, ", ")
}

// texts are the values of a text field or a list.
func texts(r record.Record, field string) []string {
	if field == "title" {
		return list(r.Title)
	}
	switch v := r.Fields[need.Key(field)].Value.(type) {
	case string:
		return list(v)
	case []any:
		var out []string
		for _, x := range v {
			out = append(out, fmt.Sprint(x))
		}
		return out
	}
	return nil
}

func textValue(r record.Record, field string) string { return strings.Join(texts(r, field), "；") }

// codeValue is a coded value, date or amount as one comparable word.
func codeValue(r record.Record, field string) string {
	switch v := r.Fields[need.Key(field)].Value.(type) {
	case string:
		return v
	case map[string]any:
		if iso, ok := v["iso"]; ok {
			return fmt.Sprint(iso)
		}
		data, err := json.Marshal(v)
		if err != nil {
			return ""
		}
		var m GoldMoney
		if json.Unmarshal(data, &m) != nil {
			return ""
		}
		return moneyCode(&m)
	}
	return ""
}

func moneyCode(m *GoldMoney) string {
	if m == nil {
		return ""
	}
	return fmt.Sprintf("%g-%g", m.Min, m.Max)
}

// charF1 compares two texts by their characters, letters and digits only.
func charF1(a, b string) float64 {
	count := func(s string) (map[rune]int, int) {
		m, n := map[rune]int{}, 0
		for _, r := range s {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				m[unicode.ToLower(r)]++
				n++
			}
		}
		return m, n
	}
	ma, na := count(a)
	mb, nb := count(b)
	if na == 0 || nb == 0 {
		return 0
	}
	both := 0
	for r, n := range ma {
		both += min(n, mb[r])
	}
	return 2 * float64(both) / float64(na+nb)
}

// shared is the share of a's pairs of neighbouring characters that b has too.
func shared(a, b string) float64 {
	grams := func(s string) map[string]bool {
		m := map[string]bool{}
		var before rune
		for _, r := range s {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				continue
			}
			if before != 0 {
				m[string([]rune{before, unicode.ToLower(r)})] = true
			}
			before = unicode.ToLower(r)
		}
		return m
	}
	ga, gb := grams(a), grams(b)
	if len(ga) == 0 {
		return 0
	}
	both := 0
	for g := range ga {
		if gb[g] {
			both++
		}
	}
	return float64(both) / float64(len(ga))
}
