package eval

import (
	"encoding/json"
	"fmt"
	"io"

	"tanxu/need"
	"tanxu/need/record"
)

// Records returns a reader for Extract that looks up records tanxu.need/1 which
// any program may have written, by their ids. A text without one holds nothing.
func Records(in io.Reader) (func(Text) *need.Need, error) {
	list, err := decodeLines[record.Record](in)
	if err != nil {
		return nil, fmt.Errorf("read records: %w", err)
	}
	byID := map[string]*need.Need{}
	for _, r := range list {
		n, err := scored(r)
		if err != nil {
			return nil, fmt.Errorf("record %s: %w", r.ID, err)
		}
		byID[string(r.ID)] = n
	}
	return func(t Text) *need.Need {
		if n := byID[t.ID]; n != nil {
			return n
		}
		return need.Fold(need.ID(t.ID), nil)
	}, nil
}

// scored turns a record into a need as far as it is scored: values, evidence,
// rows and suggestions.
func scored(r record.Record) (*need.Need, error) {
	n := need.Fold(r.ID, nil)
	n.Title, n.Suggested = r.Title, map[need.Key]need.Suggestion{}
	for k, f := range r.Fields {
		if !k.Known() {
			continue
		}
		items, err := itemsOf(k, f)
		if err != nil {
			return nil, err
		}
		n.Field(k).Items = items
		n.Fields[k] = n.Field(k)
	}
	for _, row := range r.Indicators {
		n.Indicators = append(n.Indicators, &need.Indicator{
			ID: row.ID, Name: row.Name, Op: need.Op(str(row.Op)), Current: quantityOf(row.Current), Target: quantityOf(row.Target),
			Unit: str(row.Unit), Condition: str(row.Condition), Method: str(row.Method), Evidence: evidenceOf(row.Evidence),
		})
	}
	for k, s := range r.Suggestions {
		n.Suggested[k] = need.Suggestion{Value: s.Value, Why: s.Why}
	}
	return n, nil
}

// itemsOf returns one item for each statement, or for the only typed value.
func itemsOf(k need.Key, f record.Field) ([]need.Item, error) {
	if f.Value == nil {
		return nil, nil
	}
	evidence := evidenceOf(f.Evidence)
	raw, err := json.Marshal(f.Value)
	if err != nil {
		return nil, fmt.Errorf("value of %s: %w", k, err)
	}
	item := need.Item{Evidence: evidence}
	switch k.Shape() {
	case need.Cash:
		var m record.Money
		err = json.Unmarshal(raw, &m)
		item.Value.Money = &need.Money{Min: m.Min, Max: m.Max, Unit: m.Unit}
	case need.Date:
		var d record.Deadline
		err = json.Unmarshal(raw, &d)
		item.Value.Deadline = &need.Deadline{ISO: d.ISO, Text: d.Text}
	case need.Code:
		err = json.Unmarshal(raw, &item.Value.Text)
	default:
		return []need.Item{item}, nil // scored by the evidence
	}
	if err != nil {
		return nil, fmt.Errorf("value of %s: %w", k, err)
	}
	return []need.Item{item}, nil
}

func quantityOf(q *record.Quantity) *need.Quantity {
	if q == nil {
		return nil
	}
	return &need.Quantity{Text: q.Text, Num: q.Num, Num2: q.Num2}
}

func evidenceOf(list []record.Evidence) []need.Evidence {
	var out []need.Evidence
	for _, e := range list {
		out = append(out, need.Evidence{Ref: e.Ref, Start: e.Start, End: e.End, Quote: e.Quote})
	}
	return out
}
