package record_test

import (
	"bytes"
	"encoding/json"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"tanxu/need"
	"tanxu/need/record"
)

var at = time.Date(2026, 11, 23, 8, 0, 0, 0, time.FixedZone("CST", 8*3600))

func item(text, quote string) *need.Item {
	return &need.Item{Value: need.Value{Text: text}, Evidence: []need.Evidence{{Ref: "message:m1", Start: 0, End: len([]rune(quote)), Quote: quote}}}
}

func fold(events ...need.Event) *need.Need {
	for i := range events {
		events[i].Need, events[i].At = "n1", at
	}
	return need.Fold("n1", append([]need.Event{{Kind: need.NeedStarted, Need: "n1", At: at, Note: "高导铜合金"}}, events...))
}

// copper is a whole need, as an interview leaves it.
func copper() *need.Need {
	two := 550.0
	money := &need.Item{Value: need.Value{Money: &need.Money{Min: 50, Max: 100}}, Evidence: item("", "五十到一百万").Evidence}
	when := &need.Item{Value: need.Value{Deadline: &need.Deadline{ISO: "2027-06", Text: "明年六月"}}, Evidence: item("", "明年六月").Evidence}
	return fold(
		need.Event{Kind: need.ValueSet, Key: need.KeyProblem, Item: item("导电率上不去", "导电率上不去"), Checks: need.Checks{Aligned: true}},
		need.Event{Kind: need.ValueSet, Key: need.KeyProblem, Item: item("一退火就软", "一退火就软")},
		need.Event{Kind: need.ValueSet, Key: need.KeyTried, Item: item("加过铬锆，没用", "加过铬锆，没用")},
		need.Event{Kind: need.ValueSet, Key: need.KeyBudget, Item: money},
		need.Event{Kind: need.ValueSet, Key: need.KeyDeadline, Item: when},
		need.Event{Kind: need.ValueSet, Key: need.KeyCoopMode, Item: item("合作研发", "一起搞")},
		need.Event{Kind: need.FieldMarked, Key: need.KeyIPTerms, Status: need.Declined, Note: "这个不方便说"},
		need.Event{Kind: need.FieldMarked, Key: need.KeyRootCause, Status: need.Delegated, To: "王工", Note: "问我们王工"},
		need.Event{Kind: need.RowSet, Row: &need.Indicator{
			ID: "i1", Name: "抗软化温度", Op: need.Between, Target: &need.Quantity{Text: "500~550", Num: 500, Num2: &two},
			Unit: "℃", Status: need.Filled, Evidence: item("", "500~550℃").Evidence,
		}},
		need.Event{Kind: need.Suggested, Key: need.KeyChain, Note: "有色金属", To: "说到铜合金"},
		need.Event{Kind: need.Routed, Route: &need.Route{Kind: need.RouteFinance, Why: "想要贷款", Evidence: item("", "缺钱").Evidence}},
	)
}

func TestOfFollowsTheSchema(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	conflict := fold(
		need.Event{Kind: need.ValueSet, Key: need.KeyDeadline, Item: &need.Item{Value: need.Value{Deadline: &need.Deadline{ISO: "P12M", Text: "一年"}}}},
		need.Event{Kind: need.ConflictFound, Key: need.KeyDeadline, Item: &need.Item{Value: need.Value{Deadline: &need.Deadline{ISO: "P6M", Text: "半年"}}}},
	)
	tests := map[string]*need.Need{
		"a whole need":         copper(),
		"a need just started":  fold(),
		"two rival deadlines":  conflict,
		"an empty need":        need.Fold("n2", nil),
		"a confirmed one":      fold(need.Event{Kind: need.ValueSet, Key: need.KeyScene, Item: item("连铸车间", "连铸车间")}, need.Event{Kind: need.ReadBackAccepted}),
		"a vague raw answer":   fold(need.Event{Kind: need.FieldMarked, Key: need.KeyExpectedGoal, Status: need.Vague, Note: "好一点就行"}),
		"a retracted budget":   fold(need.Event{Kind: need.ValueSet, Key: need.KeyBudget, Item: item("面议", "面议")}, need.Event{Kind: need.ValueRetracted, Key: need.KeyBudget}),
		"a value then refused": fold(need.Event{Kind: need.ValueSet, Key: need.KeyBudget, Item: item("面议", "面议")}, need.Event{Kind: need.FieldMarked, Key: need.KeyBudget, Status: need.Declined}),
	}
	for name, n := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if err := schema.Validate(asJSON(t, record.Of(n))); err != nil {
				t.Errorf("%v", err)
			}
		})
	}
}

func TestTheSchemaRefuses(t *testing.T) {
	t.Parallel()
	schema := compile(t)
	tests := map[string]func(r map[string]any){
		"a field without evidence":       func(r map[string]any) { delete(field(r, "problem"), "evidence") },
		"a value beside a refusal":       func(r map[string]any) { field(r, "ip_terms")["value"] = "归甲方" },
		"a budget in another unit":       func(r map[string]any) { field(r, "budget")["value"].(map[string]any)["unit"] = "美元" },
		"a list that is one text":        func(r map[string]any) { field(r, "tried")["value"] = "加过铬锆" },
		"an unknown status of the need":  func(r map[string]any) { r["status"] = "lost" },
		"a date that nobody can compare": func(r map[string]any) { field(r, "deadline")["value"].(map[string]any)["iso"] = "明年" },
		"another version":                func(r map[string]any) { r["schema"] = "tanxu.need/2" },
	}
	for name, spoil := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := asJSON(t, record.Of(copper())).(map[string]any)
			spoil(r)
			if err := schema.Validate(r); err == nil {
				t.Error("the schema accepts it")
			}
		})
	}
}

func TestOfValues(t *testing.T) {
	t.Parallel()
	r := record.Of(copper())
	if got, want := r.Fields[need.KeyProblem].Value, "导电率上不去；一退火就软"; got != want {
		t.Errorf("statements of a text field: %v, want %q", got, want)
	}
	if got := len(r.Fields[need.KeyProblem].Evidence); got != 2 {
		t.Errorf("evidence of two statements: %d entries", got)
	}
	if got := r.Fields[need.KeyIPTerms]; got.Value != nil || got.Status != need.Declined {
		t.Errorf("a declined field: %+v", got)
	}
	if got := r.Fields[need.KeyRootCause].To; got != "王工" {
		t.Errorf("who knows the cause: %q", got)
	}
	if got := r.Indicators[0]; got.Condition != nil || got.Current != nil || *got.Unit != "℃" {
		t.Errorf("what nobody said must be null: %+v", got)
	}
	if _, ok := r.Fields[need.KeyIndicator]; ok {
		t.Error("the rows of indicators stand among the fields too")
	}
}

func compile(t *testing.T) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(record.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func field(r map[string]any, key string) map[string]any {
	return r["fields"].(map[string]any)[key].(map[string]any)
}

func asJSON(t *testing.T, v any) any {
	t.Helper()
	data, err := json.Marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	return doc
}
