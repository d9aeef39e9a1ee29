package eval

import (
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

// knowingCommand and knowingRow are the commands of the understand call.
type (
	knowingCommand struct {
		Message string  `json:"message"`
		Quote   string  `json:"quote"`
		Op      string  `json:"op"`
		Field   *string `json:"field"`
		Row     *string `json:"row"`
		Value   *string `json:"value"`
	}
	knowingRow struct {
		Message   string  `json:"message"`
		Quote     string  `json:"quote"`
		Op        string  `json:"op"`
		Row       *string `json:"row"`
		Name      *string `json:"name"`
		Current   *string `json:"current"`
		Cmp       *string `json:"cmp"`
		Target    *string `json:"target"`
		Unit      *string `json:"unit"`
		Condition *string `json:"condition"`
		Method    *string `json:"method"`
	}
	knowingCommands struct {
		Cmds []knowingCommand `json:"cmds"`
		Rows []knowingRow     `json:"rows"`
	}
)

// understand answers an understand call.
func (k *Knowing) understand(user string) knowingCommands {
	out := knowingCommands{Cmds: []knowingCommand{}, Rows: []knowingRow{}}
	var in struct {
		State struct {
			Rows []struct {
				Row  string `json:"row"`
				Name string `json:"name"`
			} `json:"rows"`
		} `json:"state"`
		Messages []struct {
			ID   string `json:"id"`
			Text string `json:"text"`
		} `json:"messages"`
	}
	if i := strings.IndexByte(user, '{'); i < 0 || json.Unmarshal([]byte(user[i:]), &in) != nil {
		return out
	}
	rows := map[string]string{}
	for _, r := range in.State.Rows {
		rows[r.Name] = r.Row
	}
	for _, m := range in.Messages {
		for _, f := range k.persona.Facts {
			if quote := k.quoteOf(f, m.Text); quote != "" {
				k.read(&out, f, m.ID, quote, rows)
			}
		}
	}
	return out
}

// read writes what one fact says.
func (k *Knowing) read(out *knowingCommands, f Fact, message, quote string, rows map[string]string) {
	c := knowingCommand{Message: message, Quote: quote, Op: "set", Field: filled(recordField(f.Field))}
	switch {
	case f.Field == "org", f.Field == "contact":
		return
	case f.Disclose == "never":
		c.Op = "decline"
	case f.Disclose == "unknown" && f.To != "":
		c.Op, c.Value = "delegate", &f.To
	case f.Disclose == "unknown":
		c.Op = "dont_know"
	case f.Field == "indicator":
		k.readRows(out, f, message, quote, rows)
		return
	default:
		if f.Corrects != "" {
			c.Op = "correct"
		}
		c.Value = filled(k.code(f))
	}
	out.Cmds = append(out.Cmds, c)
}

// readRows writes the rows of gold that rest on a fact, as far as their numbers
// stand in its words.
func (k *Knowing) readRows(out *knowingCommands, f Fact, message, quote string, rows map[string]string) {
	for i, g := range k.persona.Gold.Needs {
		for j, row := range g.Indicators {
			if !slices.Contains(k.persona.Gold.Support[fmt.Sprintf("needs[%d].indicators[%d]", i, j)], f.ID) {
				continue
			}
			r := knowingRow{Message: message, Quote: quote, Op: "append_indicator", Unit: filled(unitIn(row, quote))}
			r.Name = filled(nameIn(row.Name, quote))
			if id, known := rows[*r.Name]; known {
				r.Row = &id
			}
			if f.Corrects != "" && r.Row != nil {
				r.Op = "correct"
			}
			current, target := numberIn(row.Current, quote), numberIn(row.Target, quote)
			if target != "" {
				r.Cmp = filled(row.Op)
			}
			if current == "" && k.corrected(f) {
				current = otherNumber(quote, target)
			}
			current, target = erring{k.chance(row.Name, quote), k.errs}.both(current, target, quote)
			r.Current, r.Target = filled(current), filled(target)
			out.Rows = append(out.Rows, r)
		}
	}
}

// corrected reports whether the contact will take a fact back: its number is not
// the one of gold.
func (k *Knowing) corrected(f Fact) bool {
	return slices.ContainsFunc(k.persona.Facts, func(o Fact) bool { return o.Corrects == f.ID })
}

// erring gets numbers wrong at a rate: a digit, a number of something else in
// the same words, or both numbers of a row turned round.
type erring struct {
	rng  *rand.Rand
	rate float64
}

func (e erring) both(current, target, quote string) (string, string) {
	if current != "" && target != "" && e.rng.Float64() < e.rate/2 {
		return target, current
	}
	return e.one(current, quote), e.one(target, quote)
}

func (e erring) one(number, quote string) string {
	if number == "" || e.rng.Float64() >= e.rate {
		return number
	}
	if other := otherNumber(quote, number); other != "" && e.rng.IntN(2) == 0 {
		return other
	}
	digits := []byte(number)
	at := e.rng.IntN(len(digits))
	for digits[at] < '0' || digits[at] > '9' {
		at = (at + 1) % len(digits)
	}
	digits[at] = '0' + (digits[at]-'0'+byte(1+e.rng.IntN(9)))%10
	return string(digits)
}

// code is the value of a coded field that rests on a fact.
func (k *Knowing) code(f Fact) string {
	for i, g := range k.persona.Gold.Needs {
		for field, code := range map[string]string{"coop_mode": g.CoopMode, "ip_terms": g.IPTerms, "confidentiality": g.Confidentiality} {
			if field == f.Field && slices.Contains(k.persona.Gold.Support[fmt.Sprintf("needs[%d].%s", i, field)], f.ID) {
				return code
			}
		}
	}
	return ""
}

// recordField is the field of the record for one of the facts.
func recordField(field string) string {
	if field == "constraint" {
		return string(need.KeyConstraints)
	}
	return field
}

// nameIn is the name of a row as it stands in a quote: whole, or its longest
// part; a contact's own word that is another stays unknown.
func nameIn(name, quote string) string {
	r := []rune(name)
	for n := len(r); n >= 2; n-- {
		for i := 0; i+n <= len(r); i++ {
			if part := string(r[i : i+n]); strings.Contains(quote, part) {
				return part
			}
		}
	}
	return name
}

// numberIn is a number of gold if it stands in a quote.
func numberIn(gold, quote string) string {
	for _, n := range need.Numbers(gold) {
		if !standsIn(n, []string{quote}) {
			return ""
		}
	}
	return gold
}

// otherNumber is another measure of a quote than the one given, "" if there is none.
func otherNumber(quote, number string) string {
	given := need.Numbers(number)
	for _, m := range need.Measures(quote) {
		if m.Quantity.Num2 == nil && !slices.Contains(given, m.Quantity.Num) {
			return strconv.FormatFloat(m.Quantity.Num, 'f', -1, 64)
		}
	}
	return ""
}

// unitIn is the unit of a row as a quote has it.
func unitIn(row GoldRow, quote string) string {
	if row.Unit == "" || strings.Contains(quote, row.Unit) {
		return row.Unit
	}
	for _, m := range need.Measures(quote) {
		if m.Unit != "" && need.SameUnit(m.Unit, row.Unit) {
			return m.Unit
		}
	}
	return row.Unit
}

// filled is a text for a place that may be null.
func filled(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
