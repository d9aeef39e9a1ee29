package rag_test

import (
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"tanxu/need"
	"tanxu/rag"
)

var today = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// demoProducts are those of the demo centre, by code.
func demoProducts(t testing.TB) map[string]need.FinanceProduct {
	t.Helper()
	f, err := os.Open(filepath.Join("..", "demo", "data", "finance_products.jsonl"))
	must(t, err)
	defer f.Close()
	list, err := rag.ReadFinanceProducts(f, province)
	must(t, err)
	out := map[string]need.FinanceProduct{}
	for _, p := range list {
		out[p.Code] = p
	}
	return out
}

// knowledge reads the facts of a case.
func knowledge(t testing.TB, text string) need.Knowledge {
	t.Helper()
	k := need.Knowledge{}
	for _, word := range strings.Fields(text) {
		word, denied := strings.CutPrefix(word, "!")
		name, value, _ := strings.Cut(word, "=")
		f := need.Fact(name)
		v := k[f]
		switch f.Shape() {
		case need.FlagFact:
			v.Yes = !denied
		case need.CodeFact:
			v.Code = value
		case need.TagsFact:
			if v.Tags == nil {
				v.Tags = map[string]bool{}
			}
			v.Tags[value] = !denied
		case need.NumberFact:
			low, high, isRange := strings.Cut(value, "..")
			if !isRange {
				high = low
			}
			var err error
			v.Low, err = strconv.ParseFloat(low, 64)
			must(t, err)
			v.High, err = strconv.ParseFloat(high, 64)
			must(t, err)
		default:
			t.Fatalf("%q is no fact", word)
		}
		k[f] = v
	}
	return k
}

func asked(list []need.FactQuestion) string {
	var out []string
	for _, q := range list {
		out = append(out, strings.TrimSuffix(string(q.Fact)+":"+q.Tag, ":"))
	}
	return strings.Join(out, " ")
}

func TestFinanceByHand(t *testing.T) {
	t.Parallel()

	products := demoProducts(t)
	text, err := os.ReadFile(filepath.Join("testdata", "finance_cases.txt"))
	must(t, err)
	cases, seen := 0, map[string]map[need.Verdict]bool{}
	for i, line := range strings.Split(strings.TrimSpace(string(text)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		parts := strings.Split(line, "|")
		if len(parts) != 4 {
			t.Fatalf("line %d has %d parts", i+1, len(parts))
		}
		for j := range parts {
			parts[j] = strings.TrimSpace(parts[j])
		}
		p, ok := products[parts[0]]
		if !ok {
			t.Fatalf("line %d: no product %q", i+1, parts[0])
		}
		advice := rag.Finance([]need.FinanceProduct{p}, knowledge(t, parts[1]), today)
		e := advice.Fits[0].Eligibility
		if string(e.Verdict) != parts[2] {
			t.Errorf("line %d: %s is %s, want %s", i+1, p.Name, e.Verdict, parts[2])
		}
		if got := asked(e.Asks()); e.Verdict != need.NotMet && got != parts[3] {
			t.Errorf("line %d: asks %q, want %q", i+1, got, parts[3])
		}
		if seen[p.Code] == nil {
			seen[p.Code] = map[need.Verdict]bool{}
		}
		cases, seen[p.Code][e.Verdict] = cases+1, true
	}
	if cases < 100 || len(seen) != len(products) {
		t.Errorf("%d cases of %d products", cases, len(seen))
	}
}

func TestFinanceWords(t *testing.T) {
	t.Parallel()

	k := knowledge(t, "tags=高企 established_years=1 amount=0..800 region=360700")
	advice := rag.Finance([]need.FinanceProduct{demoProducts(t)["FP001"]}, k, today)
	var zh, en []string
	for _, o := range advice.Fits[0].Eligibility.Rules {
		zh = append(zh, rag.SayRule(o.Rule, "zh")+"："+rag.SayOutcome(o, advice.Known, "zh"))
		en = append(en, rag.SayRule(o.Rule, "en")+": "+rag.SayOutcome(o, advice.Known, "en"))
	}
	wantZH := []string{
		"科技型中小企业或高企：符合（已知：企业资质：高企）",
		"成立满2年：不符合（已知：成立年限 1 年）",
		"近一年有研发费用归集：尚不清楚",
		"无不良征信：尚不清楚",
		"申请额度不超过 500 万元：尚不清楚（已知：申请额度 不超过 800 万元）",
		"期限不超过 12 个月：尚不清楚",
		"产品有效期至 2027-12-31：符合",
	}
	if !slices.Equal(zh, wantZH) {
		t.Errorf("in Chinese:\n%s", strings.Join(zh, "\n"))
	}
	if en[1] != "years since founding at least 2 years: not met (known: years since founding 1 years)" || en[6] != "offered until 2027-12-31: met" {
		t.Errorf("in English:\n%s", strings.Join(en, "\n"))
	}
	for _, f := range need.Facts() {
		for _, lang := range []string{"zh", "en"} {
			q := rag.SayQuestion(need.FactQuestion{Fact: f, Tag: map[bool]string{true: "高企"}[f.Shape() == need.TagsFact]}, lang)
			if q == "" || strings.Contains(q, "%") || rag.SayFact(f, need.FactValue{}, lang) == "" {
				t.Errorf("%s has no words in %s: %q", f, lang, q)
			}
		}
	}
}

// TestFinanceQuestions: what most products wait for is asked first, and nothing
// is asked for products that are out of the question.
func TestFinanceQuestions(t *testing.T) {
	t.Parallel()

	var all []need.FinanceProduct
	for _, p := range demoProducts(t) {
		all = append(all, p)
	}
	k := knowledge(t, "applicant=企业 region=360700 chain=有色金属 amount=0..300 trl=6 measurable")
	advice := rag.Finance(all, k, today)
	if q := advice.Questions[0]; q.Fact != need.FactTermMonths {
		t.Errorf("the first question is %v", q)
	}
	for i, q := range advice.Questions {
		if q.Fact == need.FactApproval || q.Fact == need.FactFirstSet {
			t.Errorf("asks %v for a product of another chain", q)
		}
		if i > 0 && q.Weight > advice.Questions[i-1].Weight {
			t.Errorf("question %d weighs more than the one before", i)
		}
	}
	last := need.Met
	order := []need.Verdict{need.Met, need.NotKnown, need.NotMet}
	for _, f := range advice.Fits {
		if slices.Index(order, f.Eligibility.Verdict) < slices.Index(order, last) {
			t.Errorf("%s stands behind %s", f.Eligibility.Verdict, last)
		}
		last = f.Eligibility.Verdict
	}
	here := advice.Route[2]
	if here.Place != need.LegHere || len(here.Funds) != 1 || here.Funds[0].Code != "FP014" || len(here.With) != 2 || here.Transfer.Verdict != need.NotMet {
		t.Errorf("the leg of the pilot fund: %+v", here)
	}
	if advice.Route[0].Place != need.LegPassed || advice.Route[3].Place != need.LegAhead || len(advice.Route[3].Funds) != 1 {
		t.Errorf("the legs around: %+v", advice.Route)
	}
}

func TestFinanceOfTheNeed(t *testing.T) {
	t.Parallel()

	n := copperNeed()
	n.Fields[need.KeyBudget] = &need.Field{Status: need.Filled, Items: []need.Item{{Value: need.Value{Money: &need.Money{Min: 50, Max: 100}}}}}
	k := rag.KnowledgeOf(n, &need.Achievement{Stage: "中期", TRL: 6})
	for f, want := range map[need.Fact]need.FactValue{
		need.FactRegion:     {Code: "360700", From: need.FactOfNeed},
		need.FactChain:      {Code: "有色金属", From: need.FactOfNeed},
		need.FactAmount:     {}, // the budget of the technology is no loan
		need.FactMeasurable: {Yes: true, From: need.FactOfNeed},
		need.FactTRL:        {Low: 6, High: 6, From: need.FactOfMatch},
		need.FactStage:      {Code: "中期", From: need.FactOfMatch},
	} {
		if got := k[f]; got.Code != want.Code || got.High != want.High || got.Yes != want.Yes || got.From != want.From {
			t.Errorf("%s is %+v, want %+v", f, got, want)
		}
	}
}

func TestReadFinanceRules(t *testing.T) {
	t.Parallel()

	tests := map[string]bool{
		`[]`:                  true,
		`[{"text":"由经办人判断"}]`: true,
		`[{"text":"成立满2年","when":{"fact":"established_years","at_least":2}}]`:                       true,
		`[{"text":"x","when":{"not":{"fact":"tags","is":"高企"}}}]`:                                   true,
		`[{"text":"x","when":{"fact":"region","in":["360700","360000"]}}]`:                          true,
		`[{"when":{"fact":"established_years","at_least":2}}]`:                                      false,
		`[{"text":"x","when":{}}]`:                                                                  false,
		`[{"text":"x","when":{"fact":"years","at_least":2}}]`:                                       false,
		`[{"text":"x","when":{"fact":"day","at_most":20270101}}]`:                                   false,
		`[{"text":"x","when":{"fact":"established_years","at_least":2,"at_most":3}}]`:               false,
		`[{"text":"x","when":{"fact":"established_years","between":[3,2]}}]`:                        false,
		`[{"text":"x","when":{"fact":"established_years","between":[3]}}]`:                          false,
		`[{"text":"x","when":{"fact":"established_years","is":true}}]`:                              false,
		`[{"text":"x","when":{"fact":"credit_clean","is":"true"}}]`:                                 false,
		`[{"text":"x","when":{"fact":"credit_clean","at_least":1}}]`:                                false,
		`[{"text":"x","when":{"fact":"tags","is":"独角兽"}}]`:                                          false,
		`[{"text":"x","when":{"fact":"chain","in":[]}}]`:                                            false,
		`[{"text":"x","when":{"fact":"region","is":"赣州"}}]`:                                         false,
		`[{"text":"x","when":{"all":[]}}]`:                                                          false,
		`[{"text":"x","when":{"fact":"tags","all":[{"fact":"tags","is":"高企"}]}}]`:                   false,
		`[{"text":"x","when":{"fact":"tags","is":"高企","or":1}}]`:                                    false,
		`[{"text":"x","when":` + strings.Repeat(`{"not":`, 6) + `{}` + strings.Repeat("}", 7) + `]`: false,
	}
	for rules, ok := range tests {
		_, err := rag.ReadFinanceProducts(strings.NewReader(`{"code":"F","name":"贷","detail":{"rules":`+rules+`}}`), province)
		if (err == nil) != ok || err != nil && need.KindOf(err) != need.Invalid {
			t.Errorf("%s: %v", rules, err)
		}
	}
}

// FuzzFinanceRules: whatever is taken can be decided, and said, without a word
// missing; and knowing more never takes a verdict back.
func FuzzFinanceRules(f *testing.F) {
	f.Add(`[{"text":"成立满2年","when":{"fact":"established_years","at_least":2}}]`, 3.0)
	f.Add(`[{"text":"x","when":{"not":{"any":[{"fact":"tags","in":["高企"]},{"fact":"trl","between":[5,7]}]}}}]`, 6.0)
	f.Fuzz(func(t *testing.T, rules string, figure float64) {
		list, err := rag.ReadFinanceProducts(strings.NewReader(`{"code":"F","name":"贷","detail":{"rules":`+rules+`}}`), province)
		if err != nil || len(list) == 0 || math.IsNaN(figure) {
			return
		}
		little := need.Knowledge{}
		more := need.Knowledge{}
		for _, fact := range need.Facts() {
			more[fact] = need.FactValue{Low: figure, High: figure, Yes: true, Code: "企业", Tags: map[string]bool{"高企": true}}
		}
		before, after := rag.Finance(list, little, today), rag.Finance(list, more, today)
		for i, o := range before.Fits[0].Eligibility.Rules {
			if v := after.Fits[0].Eligibility.Rules[i].Verdict; o.Verdict != need.NotKnown && v != o.Verdict {
				t.Errorf("%s became %s", o.Verdict, v)
			}
			if rag.SayRule(o.Rule, "zh") == "" || rag.SayOutcome(o, before.Known, "en") == "" {
				t.Errorf("no words for %+v", o.Rule)
			}
		}
	})
}
