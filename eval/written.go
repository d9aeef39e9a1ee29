package eval

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"strings"

	"tanxu/need"
	"tanxu/need/record"
)

// The instructions of the interviewers that are all prompt, and the form of
// their records.
var (
	//go:embed baseline/interviewer.md
	interviewerPrompt string
	//go:embed baseline/agent.md
	agentPrompt string
	//go:embed baseline/single.md
	singlePrompt string
	//go:embed baseline/agent.json
	agentSchema []byte
	//go:embed baseline/record.json
	recordSchema []byte
)

// interviewerRules are what both interviewers are told, with our code lists.
func interviewerRules() string {
	pairs := []string{"{{chain}}", strings.Join(need.Chains(), " ")}
	for _, k := range []need.Key{need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality, need.KeyNeedType} {
		pairs = append(pairs, "{{"+string(k)+"}}", strings.Join(k.Codes(), " "))
	}
	return strings.NewReplacer(pairs...).Replace(interviewerPrompt)
}

// written is a record as a model writes it, whole and unchecked.
type written struct {
	Needs []struct {
		Title  string `json:"title"`
		Values []struct {
			Field need.Key `json:"field"`
			Value string   `json:"value"`
			Quote string   `json:"quote"`
		} `json:"values"`
		Rows  []writtenRow `json:"rows"`
		Blank []struct {
			Field  need.Key         `json:"field"`
			Status need.FieldStatus `json:"status"`
		} `json:"blank"`
	} `json:"needs"`
	Routes []need.RouteKind `json:"routes"`
}

type writtenRow struct {
	Name      string           `json:"name"`
	Current   string           `json:"current"`
	Cmp       string           `json:"cmp"`
	Target    string           `json:"target"`
	Unit      string           `json:"unit"`
	Condition string           `json:"condition"`
	Status    need.FieldStatus `json:"status"`
	Quote     string           `json:"quote"`
}

// spoken are the contact's messages by their ids, in order.
type spoken []struct{ id, text string }

// evidence finds a quote word for word in the latest message that holds it;
// what stands nowhere is no evidence.
func (s spoken) evidence(quote string) []record.Evidence {
	if quote == "" {
		return nil
	}
	for i := len(s) - 1; i >= 0; i-- {
		if before, _, ok := strings.Cut(s[i].text, quote); ok {
			start := len([]rune(before))
			return []record.Evidence{{Ref: "message:" + s[i].id, Start: start, End: start + len([]rune(quote)), Quote: quote}}
		}
	}
	return nil
}

// records gives what a model wrote the form in which all records are scored. No
// value is checked or mended but for its notation.
func (w written) records(said spoken) []record.Record {
	list := make([]record.Record, 0, len(w.Needs))
	for i, n := range w.Needs {
		r := record.Record{ID: need.ID(fmt.Sprintf("n%d", i+1)), Title: n.Title, Status: need.StatusInterviewing, Fields: map[need.Key]record.Field{}}
		for _, b := range n.Blank {
			r.Fields[b.Field] = record.Field{Status: b.Status}
		}
		for _, v := range n.Values {
			if v.Value == "" {
				continue
			}
			f := r.Fields[v.Field]
			f.Status, f.Evidence = need.Filled, append(f.Evidence, said.evidence(v.Quote)...)
			f.Value = withValue(v.Field, f.Value, v.Value)
			r.Fields[v.Field] = f
		}
		for _, row := range n.Rows {
			r.Indicators = append(r.Indicators, row.indicator(said))
		}
		list = append(list, r)
	}
	for _, kind := range w.Routes {
		if len(list) == 0 {
			list = append(list, record.Record{ID: "n1", Status: need.StatusShelved})
		}
		list[0].Routes = append(list[0].Routes, record.Route{Kind: kind})
	}
	return list
}

// withValue is the value of a field with one more written value of it.
func withValue(k need.Key, have any, text string) any {
	switch k.Shape() {
	case need.Cash:
		var m record.Money
		switch n := need.Numbers(text); len(n) {
		case 0:
			return text
		case 1:
			m = record.Money{Min: n[0], Max: n[0], Unit: "万元"}
		default:
			m = record.Money{Min: n[0], Max: n[1], Unit: "万元"}
		}
		return map[string]any{"min": m.Min, "max": m.Max, "unit": m.Unit}
	case need.Date:
		return map[string]any{"iso": text, "text": text}
	case need.Code:
		return text
	case need.List:
		list, _ := have.([]any) // nil at first
		return append(list, text)
	default:
		if before, ok := have.(string); ok && before != "" {
			return before + "；" + text
		}
		return text
	}
}

func (w writtenRow) indicator(said spoken) record.Indicator {
	row := record.Indicator{Name: w.Name, Current: writtenNumber(w.Current), Target: writtenNumber(w.Target), Status: need.Filled, Evidence: said.evidence(w.Quote)}
	if w.Cmp != "" {
		op := need.Op(w.Cmp)
		row.Op = &op
	}
	if w.Unit != "" {
		row.Unit = &w.Unit
	}
	if w.Condition != "" {
		row.Condition = &w.Condition
	}
	switch {
	case w.Status != "" && row.Target != nil:
		row.CurrentStatus = w.Status
	case w.Status != "":
		row.Status = w.Status
	}
	return row
}

func writtenNumber(text string) *record.Quantity {
	n := need.Numbers(text)
	if len(n) == 0 {
		return nil
	}
	q := record.Quantity{Text: text, Num: n[0]}
	if len(n) > 1 {
		q.Num2 = &n[1]
	}
	return &q
}

// readWritten reads a record from an answer of a model.
func readWritten(text string, into any) error {
	if err := json.Unmarshal([]byte(text), into); err != nil {
		return fmt.Errorf("read the record that the model wrote: %w", err)
	}
	return nil
}
