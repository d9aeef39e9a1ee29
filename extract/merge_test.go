package extract_test

import (
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

func evidence(start, end int, quote string) []need.Evidence {
	return []need.Evidence{{Ref: "message:a", Start: start, End: end, Quote: quote}}
}

func statement(k need.Key, start int, quote string) extract.Found {
	e := evidence(start, start+len([]rune(quote)), quote)
	return extract.Found{Key: k, Item: need.Item{Value: need.Value{Text: quote}, Evidence: e}, Checks: need.Checks{Aligned: true}}
}

func money(amount float64, start int, quote string) extract.Found {
	f := statement(need.KeyBudget, start, quote)
	f.Item.Value = need.Value{Money: &need.Money{Min: amount, Max: amount, Unit: "万元"}}
	return f
}

func TestMerge(t *testing.T) {
	t.Parallel()
	const problem, tried = "走带跑偏", "换过纠偏器不行"
	tests := map[string]struct {
		rules, model []extract.Found
		want         []string // key and words
		agree        int
	}{
		"no model":                            {[]extract.Found{statement(need.KeyProblem, 0, problem)}, nil, []string{"problem 走带跑偏"}, 0},
		"the model tells the field":           {[]extract.Found{statement(need.KeyProblem, 10, tried)}, []extract.Found{statement(need.KeyTried, 10, tried)}, []string{"tried 换过纠偏器不行"}, 0},
		"the model cuts it finer":             {[]extract.Found{statement(need.KeyProblem, 0, problem+"，停机多")}, []extract.Found{statement(need.KeyProblem, 0, problem)}, []string{"problem 走带跑偏"}, 0},
		"the model saw a corner only":         {[]extract.Found{statement(need.KeyProblem, 0, "走带跑偏，停机多，客户退货，线也停了")}, []extract.Found{statement(need.KeyScene, 0, "走带")}, []string{"scene 走带", "problem 走带跑偏，停机多，客户退货，线也停了"}, 0},
		"what the model missed stays":         {[]extract.Found{statement(need.KeyTried, 10, tried)}, []extract.Found{statement(need.KeyProblem, 0, problem)}, []string{"problem 走带跑偏", "tried 换过纠偏器不行"}, 0},
		"money agrees":                        {[]extract.Found{money(150, 20, "一百五十万")}, []extract.Found{money(150, 20, "一百五十万")}, []string{"budget "}, 1},
		"money disagrees, rules win":          {[]extract.Found{money(150, 20, "一百五十万")}, []extract.Found{money(100, 20, "一百")}, []string{"budget "}, 0},
		"another amount that the model picks": {[]extract.Found{money(60, 20, "投了六十万")}, []extract.Found{money(150, 40, "准备一百五十万")}, []string{"budget "}, 0},
		"the model knows the field":           {[]extract.Found{statement(need.KeyTried, 0, "创新之处")}, []extract.Found{statement(need.KeyTried, 10, tried)}, []string{"tried 换过纠偏器不行"}, 0},
		"money that the rules overread":       {nil, []extract.Found{money(100, 20, "一百个")}, []string{"budget "}, 0},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := extract.Merge(extract.Reading{Values: tt.rules}, extract.Reading{Values: tt.model, Model: len(tt.model) > 0})
			if len(got.Values) != len(tt.want) || got.Model != (len(tt.model) > 0) {
				t.Fatalf("merged %+v, want %v", got.Values, tt.want)
			}
			agree := 0
			for i, f := range got.Values {
				if s := string(f.Key) + " " + f.Item.Value.Text; s != tt.want[i] {
					t.Errorf("value %d is %q, want %q", i, s, tt.want[i])
				}
				if f.Checks.Agree {
					agree++
				}
				if m := f.Item.Value.Money; m != nil && len(tt.rules) > 0 && m.Min != 150 {
					t.Errorf("the model's amount won: %+v", m)
				}
			}
			if agree != tt.agree {
				t.Errorf("%d values agree, want %d", agree, tt.agree)
			}
		})
	}
}

// What the rules took for a row, or for not knowing, and the model for a
// statement, is a statement.
func TestMergeLeavesOutWhatTheModelReadOtherwise(t *testing.T) {
	t.Parallel()
	const told = "调过气压，0.5兆帕加到0.65"
	quote := evidence(0, len([]rune(told)), told)
	rules := extract.Reading{
		Rows: []extract.RowFound{{Row: need.Indicator{Name: "调过气压", Current: &need.Quantity{Num: 0.5}, Unit: "兆帕", Evidence: quote}}},
		Marks: []extract.Mark{
			{Key: need.KeyIndicator, Status: need.Vague, Quote: quote[0]},
			{Key: need.KeyTried, Status: need.Unknown, Quote: need.Evidence{Ref: "message:a", Start: 30, End: 34}},
			{Key: need.KeyBudget, Status: need.Declined, Quote: quote[0]},
		},
	}
	got := extract.Merge(rules, extract.Reading{Model: true, Values: []extract.Found{statement(need.KeyTried, 0, told)}})
	if len(got.Rows) != 0 || len(got.Values) != 1 || !got.Values[0].Model {
		t.Errorf("rows %+v, values %+v", got.Rows, got.Values)
	}
	if len(got.Marks) != 1 || got.Marks[0].Status != need.Declined {
		t.Errorf("marks %+v, want the refusal only", got.Marks)
	}
	if kept := extract.Merge(rules, extract.Reading{Model: true}); len(kept.Rows) != 1 || len(kept.Marks) != 3 {
		t.Errorf("where the model found nothing the rules stand: %+v", kept)
	}
}

func TestMergeBelievesThatThereIsNoAnswer(t *testing.T) {
	t.Parallel()
	rules := extract.Reading{
		Values: []extract.Found{statement(need.KeyRootCause, 0, "嗯嗯 好的"), money(150, 20, "一百五十万")},
		Marks:  []extract.Mark{{Key: need.KeyRootCause, Status: need.Vague}, {Key: need.KeyBudget, Status: need.Unknown}},
	}
	got := extract.Merge(rules, extract.Reading{Model: true, Intents: []extract.Intent{extract.GoOn}})
	if len(got.Values) != 1 || got.Values[0].Key != need.KeyBudget || len(got.Marks) != 1 || len(rules.Values) != 2 {
		t.Errorf("merged %+v", got)
	}
}

func TestMergeRows(t *testing.T) {
	t.Parallel()
	target := func(n float64) *need.Quantity { return &need.Quantity{Num: n} }
	rules := need.Indicator{Name: "偏差", Target: target(1.2), Op: need.AtMost, Unit: "%", Evidence: evidence(0, 10, "面密度偏差要1.2%以内")}
	model := need.Indicator{Name: "面密度偏差", Target: target(1.2), Op: need.AtLeast, Condition: "八十米时", Evidence: evidence(0, 14, "面密度偏差要1.2%以内，八十米时")}
	other := need.Indicator{Name: "速度", Target: target(80), Evidence: evidence(20, 25, "速度到80")}
	got := extract.Merge(
		extract.Reading{Rows: []extract.RowFound{{Row: rules}}},
		extract.Reading{Model: true, Rows: []extract.RowFound{{Row: model}, {Row: other}}},
	).Rows
	if len(got) != 2 {
		t.Fatalf("rows %+v", got)
	}
	one := got[0].Row
	if one.Name != "面密度偏差" || one.Op != need.AtMost || one.Unit != "%" || one.Condition != "八十米时" || !one.Checks.Agree || len(one.Evidence) != 2 {
		t.Errorf("row %+v", one)
	}
}

func TestMergeUnitesMarksIntentsAndSuggestions(t *testing.T) {
	t.Parallel()
	rules := extract.Reading{
		Marks:     []extract.Mark{{Key: need.KeyBudget, Status: need.Declined}},
		Intents:   []extract.Intent{extract.Correct},
		Suggested: map[need.Key]need.Suggestion{need.KeyChain: {Value: "有色金属"}},
	}
	model := extract.Reading{
		Model:     true,
		Marks:     []extract.Mark{{Key: need.KeyBudget, Status: need.Unknown}, {Key: need.KeyDeadline, Status: need.Unknown}},
		Intents:   []extract.Intent{extract.Correct, extract.Finish},
		Suggested: map[need.Key]need.Suggestion{need.KeyChain: {Value: "新能源"}, need.KeyCoopMode: {Value: "合作研发"}},
	}
	got := extract.Merge(rules, model)
	if len(got.Marks) != 2 || got.Marks[0].Status != need.Declined || len(got.Intents) != 2 || got.Suggested[need.KeyChain].Value != "有色金属" || len(got.Suggested) != 2 {
		t.Errorf("merged %+v", got)
	}
}

// Rows of one name with other numbers are other rows; numbers that the model
// takes for a condition are no row; a condition from elsewhere is none.
func TestMergeRowsApart(t *testing.T) {
	t.Parallel()
	number := func(n float64) *need.Quantity { return &need.Quantity{Num: n} }
	const told = "烘道温度120℃时，附着力≥5级；附着力≥3级（80℃），眼下老掉漆"
	whole := evidence(0, len([]rune(told)), told)
	rules := []extract.RowFound{
		{Row: need.Indicator{Name: "烘道温度", Target: number(120), Unit: "℃", Evidence: evidence(0, 9, "烘道温度120℃时")}},
		{Row: need.Indicator{Name: "附着力", Target: number(5), Op: need.Equal, Unit: "级", Condition: "眼下老掉漆", Evidence: whole}},
	}
	model := []extract.RowFound{
		{Row: need.Indicator{Name: "附着力", Target: number(5), Op: need.AtLeast, Unit: "级", Condition: "烘道温度120℃", Evidence: evidence(0, 17, "烘道温度120℃时，附着力≥5级")}},
		{Row: need.Indicator{Name: "附着力", Target: number(3), Op: need.AtLeast, Unit: "级", Evidence: evidence(18, 24, "附着力≥3级")}},
	}
	got := extract.Merge(extract.Reading{Rows: rules}, extract.Reading{Rows: model, Model: true}).Rows
	if len(got) != 2 {
		t.Fatalf("rows %+v", got)
	}
	for i, want := range []struct {
		target    float64
		condition string
	}{{5, "烘道温度120℃"}, {3, ""}} {
		if r := got[i].Row; r.Target.Num != want.target || r.Condition != want.condition || r.Op != need.AtLeast {
			t.Errorf("row %d is %+v", i, r)
		}
	}
	rules[1].Row.Condition, model[0].Row.Condition = "眼下老掉漆", ""
	if got := extract.Merge(extract.Reading{Rows: rules[1:]}, extract.Reading{Rows: model[:1], Model: true}).Rows; got[0].Row.Condition != "" {
		t.Errorf("condition %q", got[0].Row.Condition)
	}
}

// What the rules take for two rows, and the model for one, is one.
func TestMergeJoinsHalves(t *testing.T) {
	t.Parallel()
	number := func(n float64) *need.Quantity { return &need.Quantity{Num: n} }
	now, then := evidence(0, 11, "卷边圆度眼下0.8毫米"), evidence(20, 31, "卷边圆度要求0.3毫米")
	got := extract.Merge(
		extract.Reading{Rows: []extract.RowFound{
			{Row: need.Indicator{Name: "圆度眼下", Current: number(0.8), Unit: "毫米", Evidence: now}},
			{Row: need.Indicator{Name: "圆度", Target: number(0.3), Unit: "毫米", Evidence: then}},
		}},
		extract.Reading{Model: true, Rows: []extract.RowFound{
			{Row: need.Indicator{Name: "卷边圆度", Current: number(0.8), Target: number(0.3), Op: need.AtMost, Unit: "毫米", Evidence: append(now, then...)}},
		}},
	).Rows
	if len(got) != 1 || got[0].Row.Current == nil || got[0].Row.Target == nil || got[0].Row.Name != "卷边圆度" {
		t.Errorf("rows %+v", got)
	}
}

// A statement that both have read, and that the rules find thin, is asked about.
func TestMergeKeepsThatAnAnswerIsThin(t *testing.T) {
	t.Parallel()
	const told = "就是那种皮带"
	thin := extract.Mark{Key: need.KeyScene, Status: need.Vague, Quote: evidence(0, 6, told)[0]}
	got := extract.Merge(
		extract.Reading{Values: []extract.Found{statement(need.KeyScene, 0, told)}, Marks: []extract.Mark{thin}},
		extract.Reading{Values: []extract.Found{statement(need.KeyScene, 0, told)}, Model: true},
	)
	if len(got.Values) != 1 || len(got.Marks) != 1 {
		t.Errorf("merged %+v", got)
	}
}

// A row of the rules goes if the model took its words for something that is no
// quantity; not if the model only quotes too much, or calls it the problem.
func TestRowsThatTheModelQuotesOtherwise(t *testing.T) {
	t.Parallel()
	const said = "扭矩现在1.6N·m，要2.2N·m以上"
	row := need.Indicator{
		Name: "扭矩", Current: &need.Quantity{Text: "1.6", Num: 1.6}, Target: &need.Quantity{Text: "2.2", Num: 2.2}, Op: need.AtLeast, Unit: "N·m",
		Evidence: evidence(10, 10+len([]rune(said)), said),
	}
	half := row
	half.Target, half.Op = nil, ""
	tests := map[string]struct {
		row   need.Indicator
		value extract.Found
		keep  bool
	}{
		"tried":                         {row, statement(need.KeyTried, 10, said), false},
		"the problem, in numbers":       {row, statement(need.KeyProblem, 10, said), true},
		"the goal, in numbers":          {row, statement(need.KeyExpectedGoal, 10, said), true},
		"the problem, and half a row":   {half, statement(need.KeyProblem, 10, said), false},
		"all of the message, as tried":  {row, statement(need.KeyTried, 0, "压头换过，没有用处。"+said+"。"), true},
		"other words":                   {row, statement(need.KeyTried, 0, "压头换过，没有用处"), true},
		"a sentence with its full stop": {row, statement(need.KeyTried, 10, said+"。"), false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := extract.Merge(extract.Reading{Rows: []extract.RowFound{{Row: tt.row}}}, extract.Reading{Values: []extract.Found{tt.value}, Model: true})
			if (len(got.Rows) == 1) != tt.keep {
				t.Errorf("rows %+v, keep %v", got.Rows, tt.keep)
			}
		})
	}
}

// What the contact did not answer is no statement, whatever the rules took for one.
func TestNoStatementBesideARefusal(t *testing.T) {
	t.Parallel()
	rules := extract.Reading{Values: []extract.Found{statement(need.KeyScene, 20, "就这样吧，先按这些交")}}
	for status, kept := range map[need.FieldStatus]int{need.Declined: 0, need.Unknown: 0, need.Delegated: 0, need.Vague: 1} {
		model := extract.Reading{Model: true, Marks: []extract.Mark{{Key: need.KeyScene, Status: status, Quote: evidence(0, 6, "这个不方便讲")[0]}}}
		if got := extract.Merge(rules, model); len(got.Values) != kept {
			t.Errorf("%s: values %+v, want %d", status, got.Values, kept)
		}
	}
}
