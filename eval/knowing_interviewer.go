package eval

import (
	"fmt"
	"slices"
	"strings"

	"tanxu/llm"
	"tanxu/need"
)

// knowingTurn is the whole answer of an agent.
type knowingTurn struct {
	knowingRecord
	Say  string   `json:"say"`
	Asks []string `json:"asks"`
	Card bool     `json:"card"`
	Done bool     `json:"done"`
}

type knowingRecord struct {
	Needs  []knowingNeed `json:"needs"`
	Routes []string      `json:"routes"`
}

type knowingNeed struct {
	Title  string              `json:"title"`
	Values []map[string]string `json:"values"`
	Rows   []writtenRow        `json:"rows"`
	Blank  []map[string]string `json:"blank"`
}

// tagged is the turn of an interviewer who names what is asked in lines.
func (t knowingTurn) tagged() string {
	text := t.Say
	for _, a := range t.Asks {
		text += "\n#" + a
	}
	return text + strings.Repeat("\n#card", int(one(t.Card))) + strings.Repeat("\n#end", int(one(t.Done)))
}

// order is the one in which the scripted interviewer asks.
func order() []string {
	return []string{
		"problem", "scene", "root_cause", "tried", "indicator", "constraint", "foundation",
		"deadline", "coop_mode", "ip_terms", "confidentiality", "decision_owner", "budget",
	}
}

// turn is the next turn of an interviewer who knows what there is to ask: the
// field of a fact that was not told, three times at most; then the read-back
// until the contact confirms it.
func (k *Knowing) turn(talk []llm.Message) knowingTurn {
	const times = 3
	said := contactWords(talk)
	t := knowingTurn{knowingRecord: k.written(said), Asks: []string{}}
	last := said[len(said)-1]
	if last == sayConfirm || last == sayLeave {
		t.Say, t.Done = "好的，都记下了，谢谢您。", true
		return t
	}
	for _, field := range order() {
		open := slices.ContainsFunc(k.persona.Facts, func(f Fact) bool {
			return f.Field == field && f.Corrects == "" && f.Disclose != "open" && !told(f, said)
		})
		if open && k.asked[field] < times {
			k.asked[field]++
			t.Say, t.Asks = "明白了，您接着说说"+field+"这方面的情况，具体是怎样的？", []string{recordField(field)}
			return t
		}
	}
	t.Say, t.Card = "我念一遍记下的内容，请您核对："+k.summary(), true
	return t
}

// summary is what a read-back takes at least: the facts themselves.
func (k *Knowing) summary() string {
	var lines []string
	for _, g := range k.persona.Gold.Needs {
		lines = append(lines, g.Title, g.Problem)
		for _, r := range g.Indicators {
			lines = append(lines, r.Name+r.Current+"→"+r.Op+r.Target+r.Unit)
		}
	}
	return strings.Join(lines, "；")
}

func told(f Fact, said []string) bool {
	return f.Disclose == "open" || slices.ContainsFunc(said, func(text string) bool { return strings.Contains(text, f.Say) })
}

// written is the whole record of gold as far as it was told.
func (k *Knowing) written(said []string) knowingRecord {
	out := knowingRecord{Needs: []knowingNeed{}, Routes: []string{}}
	for i, g := range k.persona.Gold.Needs {
		n := knowingNeed{Title: g.Title, Values: []map[string]string{}, Rows: []writtenRow{}, Blank: []map[string]string{}}
		value := func(field, text, path string) {
			if quote, ok := k.support(fmt.Sprintf("needs[%d].%s", i, path), said); ok && text != "" {
				n.Values = append(n.Values, map[string]string{"field": field, "value": text, "quote": quote})
			}
		}
		value("problem", g.Problem, "problem")
		value("scene", g.Scene, "scene")
		for field, texts := range map[string][]string{"constraints": g.Constraints, "tried": g.Tried, "foundation": g.Foundation} {
			for j, text := range texts {
				value(field, text, fmt.Sprintf("%s[%d]", field, j))
			}
		}
		for field, code := range g.codes() {
			value(field, strings.ReplaceAll(code, "-", "~"), field)
		}
		for j, row := range g.Indicators {
			if quote, ok := k.support(fmt.Sprintf("needs[%d].indicators[%d]", i, j), said); ok {
				n.Rows = append(n.Rows, writtenRow{Name: row.Name, Current: row.Current, Cmp: row.Op, Target: row.Target, Unit: row.Unit, Condition: row.Condition, Quote: quote})
			}
		}
		for _, f := range k.persona.Facts {
			if (f.Disclose == "unknown" || f.Disclose == "never") && told(f, said) {
				status := map[bool]need.FieldStatus{true: need.Declined, false: need.Delegated}[f.Disclose == "never"]
				n.Blank = append(n.Blank, map[string]string{"field": recordField(f.Field), "status": string(status)})
			}
		}
		out.Needs = append(out.Needs, n)
	}
	return out
}

// support returns the words on which a gold value rests, and whether any were said.
func (k *Knowing) support(path string, said []string) (quote string, ok bool) {
	for _, f := range k.persona.Facts {
		if !slices.Contains(k.persona.Gold.Support[path], f.ID) || !told(f, said) {
			continue
		}
		ok = true
		if slices.ContainsFunc(said, func(text string) bool { return strings.Contains(text, f.Say) }) {
			quote = f.Say
		} else if quote == "" {
			quote = k.quoteOf(f, k.persona.Opening)
		}
	}
	return quote, ok
}
