package record

import (
	"strings"

	"tanxu/need"
)

// Of returns the record of n. Organisation and conversation are not part of a
// need: who knows them sets them.
func Of(n *need.Need) Record {
	r := Record{
		Schema: Version, ID: n.ID, Title: n.Title, Status: n.Status, Version: n.Version, Confirmed: n.Confirmed, Into: n.Into,
		Fields:      map[need.Key]Field{},
		Indicators:  make([]Indicator, 0, len(n.Indicators)),
		Suggestions: map[need.Key]Inferred{},
		Routes:      make([]Route, 0, len(n.Routes)),
		Quality:     qualityOf(n),
		CreatedAt:   n.Created, UpdatedAt: n.Updated,
	}
	for _, k := range need.Keys() {
		if k.Shape() != need.Table {
			r.Fields[k] = fieldOf(k, n.Fields[k])
		}
	}
	for _, row := range n.Indicators {
		r.Indicators = append(r.Indicators, indicatorOf(row))
	}
	for k, s := range n.Suggested {
		r.Suggestions[k] = Inferred{Value: s.Value, Why: s.Why}
	}
	for _, route := range n.Routes {
		r.Routes = append(r.Routes, Route{Kind: route.Kind, Why: route.Why, Evidence: evidenceOf(route.Evidence)})
	}
	return r
}

func qualityOf(n *need.Need) Quality {
	q := n.Quality()
	w := Quality{
		Score: q.Score, Missing: append([]string{}, q.Missing...), Rubric: map[string]int{}, SupplierQuestions: n.SupplierQuestions(),
	}
	for part, points := range q.Parts {
		w.Rubric[part] = points
	}
	return w
}

func fieldOf(k need.Key, f *need.Field) Field {
	if f == nil {
		return Field{Status: need.Missing, Evidence: []Evidence{}}
	}
	w := Field{Value: valueOf(k, f), Status: f.Status, Evidence: []Evidence{}, Raw: f.Raw, To: f.To, Asks: f.Asks}
	if f.Source != "" {
		w.Source = &f.Source
	}
	for _, item := range f.Items {
		w.Evidence = append(w.Evidence, evidenceOf(item.Evidence)...)
	}
	if len(f.Items) > 0 {
		w.Checks = checksOf(f.Checks)
	}
	return w
}

// valueOf returns what the items of f add up to. A field that the contact
// declined or does not know has no value, whatever stood there before.
func valueOf(k need.Key, f *need.Field) any {
	switch f.Status {
	case need.Missing, need.Declined, need.Unknown, need.Delegated:
		return nil
	}
	var values []any
	var texts []string
	for _, item := range f.Items {
		values = append(values, itemOf(k, item))
		texts = append(texts, item.Value.Text)
	}
	switch {
	case len(values) == 0:
		return nil
	case f.Status == need.Conflicting, k.Shape() == need.List:
		return values
	case k.Shape() == need.Text:
		return strings.Join(texts, "；")
	default:
		return values[len(values)-1]
	}
}

// itemOf returns one value in the type that its key asks for.
func itemOf(k need.Key, item need.Item) any {
	v := item.Value
	switch {
	case k.Shape() == need.Cash && v.Money != nil:
		return Money{Min: v.Money.Min, Max: v.Money.Max, Unit: "万元"}
	case k.Shape() == need.Date && v.Deadline != nil:
		return Deadline{ISO: v.Deadline.ISO, Text: v.Deadline.Text}
	default:
		return v.Text
	}
}

func indicatorOf(row *need.Indicator) Indicator {
	w := Indicator{
		ID: row.ID, Name: row.Name, Current: quantityOf(row.Current), Target: quantityOf(row.Target),
		Unit: given(row.Unit), Condition: given(row.Condition), Method: given(row.Method), Priority: given(row.Priority),
		Status: row.Status, CurrentStatus: row.CurrentStatus, To: row.To, Evidence: evidenceOf(row.Evidence), Checks: checksOf(row.Checks),
	}
	w.Op = given(row.Op)
	return w
}

func quantityOf(q *need.Quantity) *Quantity {
	if q == nil {
		return nil
	}
	return &Quantity{Text: q.Text, Num: q.Num, Num2: q.Num2}
}

func evidenceOf(list []need.Evidence) []Evidence {
	w := make([]Evidence, 0, len(list))
	for _, e := range list {
		w = append(w, Evidence(e))
	}
	return w
}

func checksOf(c need.Checks) *Checks {
	w := Checks(c)
	return &w
}

// given returns nil for what nobody said.
func given[T ~string](s T) *T {
	if s == "" {
		return nil
	}
	return &s
}
