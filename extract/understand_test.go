package extract_test

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"tanxu/extract"
	"tanxu/internal/fakeopenai"
	"tanxu/llm"
	"tanxu/llm/llmtest"
	"tanxu/llm/openai"
	"tanxu/need"
	"tanxu/prompts"
)

const heard = "我们做锂电铜箔，表面处理机走带一到八十米就跑偏。现在面密度偏差2.5%，想压到1.2%以内，按GB/T 5230测。换过两家的纠偏器，都不行。" +
	"钱大概准备一百五十万，明年六月底前要上线。设备外形不能动。想找高校一起研发。"

func understander(t *testing.T, m llm.Model, o extract.UnderstandOptions) *extract.Understander {
	t.Helper()
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	u, err := extract.NewUnderstander(m, set, o)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func input(texts ...string) extract.UnderstandInput {
	in := extract.UnderstandInput{Now: time.Date(2026, 11, 23, 9, 0, 0, 0, time.FixedZone("CST", 8*3600))}
	for i, text := range texts {
		in.Heard = append(in.Heard, extract.Heard{Ref: "message:" + string(rune('a'+i)), Text: text})
	}
	return in
}

// cmd and row write an answer of the model; absent keys are null.
func cmd(pairs ...string) map[string]any { return object([]string{"message", "m1"}, pairs) }

func row(pairs ...string) map[string]any {
	return object([]string{"message", "m1", "op", "append_indicator"}, pairs)
}

func object(lists ...[]string) map[string]any {
	out := map[string]any{}
	for _, pairs := range lists {
		for i := 0; i < len(pairs); i += 2 {
			out[pairs[i]] = pairs[i+1]
		}
	}
	return out
}

func answer(t *testing.T, cmds, rows []map[string]any) string {
	t.Helper()
	if cmds == nil {
		cmds = []map[string]any{}
	}
	if rows == nil {
		rows = []map[string]any{}
	}
	out, err := json.Marshal(map[string]any{"cmds": cmds, "rows": rows})
	if err != nil {
		t.Fatal(err)
	}
	return string(out)
}

func TestUnderstandReadsATurn(t *testing.T) {
	t.Parallel()
	said := answer(t, []map[string]any{
		cmd("quote", "表面处理机走带一到八十米就跑偏", "op", "set", "field", "problem"),
		cmd("quote", "我们做锂电铜箔", "op", "set", "field", "scene"),
		cmd("quote", "换过两家的纠偏器，都不行", "op", "set", "field", "tried"),
		cmd("quote", "钱大概准备一百五十万", "op", "set", "field", "budget", "value", "150万"),
		cmd("quote", "明年六月底前要上线", "op", "set", "field", "deadline"),
		cmd("quote", "设备外形不能动", "op", "set", "field", "constraints"),
		cmd("quote", "想找高校一起研发", "op", "set", "field", "coop_mode", "value", "合作研发"),
	}, []map[string]any{
		row("quote", "现在面密度偏差2.5%，想压到1.2%以内，按GB/T 5230测", "name", "面密度偏差", "current", "2.5", "cmp", "≤", "target", "1.2", "unit", "%", "method", "GB/T 5230"),
	})
	in := input(heard)
	in.Heard[0].Rules = extract.NewRules().Read(heard, extract.Context{Ref: "message:a", Now: in.Now})
	got, err := understander(t, llmtest.Says(said), extract.UnderstandOptions{}).Understand(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Dropped) > 0 {
		t.Errorf("dropped %v", got.Dropped)
	}
	r := got.Readings["message:a"]
	checkEvidence(t, heard, r)
	values := map[need.Key]need.Value{}
	for _, f := range r.Values {
		values[f.Key] = f.Item.Value
	}
	if v := values[need.KeyProblem].Text; v != "表面处理机走带一到八十米就跑偏" {
		t.Errorf("problem %q", v)
	}
	if m := values[need.KeyBudget].Money; m == nil || m.Min != 150 || m.Max != 150 {
		t.Errorf("budget %+v", m)
	}
	if d := values[need.KeyDeadline].Deadline; d == nil || !strings.HasPrefix(d.ISO, "2027-06") {
		t.Errorf("deadline %+v", d)
	}
	if v := values[need.KeyCoopMode].Text; v != "合作研发" {
		t.Errorf("coop mode %q", v)
	}
	if len(r.Rows) != 1 {
		t.Fatalf("rows %+v", r.Rows)
	}
	i := r.Rows[0].Row
	if i.Name != "面密度偏差" || i.Current.Num != 2.5 || i.Target.Num != 1.2 || i.Op != need.AtMost || i.Unit != "%" || i.Method != "GB/T 5230" {
		t.Errorf("row %+v, current %+v, target %+v", i, i.Current, i.Target)
	}
	if !i.Checks.Rule || !i.Checks.Aligned {
		t.Errorf("checks %+v", i.Checks)
	}
}

// checkEvidence proves that each value rests on words of the text, at the
// offsets that it names.
func checkEvidence(t *testing.T, text string, r extract.Reading) {
	t.Helper()
	runes := []rune(text)
	check := func(e need.Evidence) {
		if e.Start < 0 || e.End > len(runes) || e.Start >= e.End || string(runes[e.Start:e.End]) != e.Quote {
			t.Errorf("evidence %+v does not stand in the text", e)
		}
	}
	for _, f := range r.Values {
		for _, e := range f.Item.Evidence {
			check(e)
		}
		if f.Key.Shape() <= need.List && f.Item.Value.Text != f.Item.Evidence[0].Quote {
			t.Errorf("%s is %q, which is not its quote", f.Key, f.Item.Value.Text)
		}
	}
	for _, row := range r.Rows {
		for _, e := range row.Row.Evidence {
			check(e)
		}
	}
	for _, m := range r.Marks {
		check(m.Quote)
	}
}

func TestTheGate(t *testing.T) {
	t.Parallel()
	recorded := need.Fold("n", []need.Event{
		{Kind: need.NeedStarted, Need: "n"},
		{Kind: need.ValueSet, Need: "n", Key: need.KeyProblem, Item: &need.Item{Value: need.Value{Text: "走带跑偏"}}},
		{Kind: need.RowSet, Need: "n", Row: &need.Indicator{ID: "i1", Name: "涂布速度", Unit: "米/分", Target: &need.Quantity{Text: "80", Num: 80}, Op: need.AtLeast}},
	})
	budget := extract.AskedBefore{Text: "准备投入多少？", Keys: []need.Key{need.KeyBudget}}
	tests := map[string]struct {
		text    string
		asked   extract.AskedBefore
		cmds    []map[string]any
		rows    []map[string]any
		want    string // short form of what is read, see brief
		dropped map[string]int
	}{
		"quote that nobody said":        {text: "就是跑偏", cmds: list(cmd("quote", "良率只有六成", "op", "set", "field", "problem")), dropped: counts("ungrounded")},
		"a command of its own":          {text: "就是跑偏", cmds: list(cmd("quote", "就是跑偏", "op", "approve", "field", "problem")), dropped: counts("op")},
		"a field of its own":            {text: "就是跑偏", cmds: list(cmd("quote", "就是跑偏", "op", "set", "field", "approved_by")), dropped: counts("field")},
		"an indicator is no text":       {text: "就是跑偏", cmds: list(cmd("quote", "就是跑偏", "op", "set", "field", "indicator")), dropped: counts("field")},
		"the value is the quote":        {text: "就是跑偏，别的没有", cmds: list(cmd("quote", "就是跑偏", "op", "set", "field", "problem", "value", "良率六成")), want: "problem=就是跑偏"},
		"correction":                    {text: "不对，是放卷那边跑偏", cmds: list(cmd("quote", "放卷那边跑偏", "op", "correct", "field", "problem")), want: "problem=放卷那边跑偏! [correct]"},
		"punctuation differs":           {text: "就是跑偏,停机多", cmds: list(cmd("quote", "就是跑偏，停机多", "op", "set", "field", "problem")), want: "problem=就是跑偏,停机多"},
		"money without a number":        {text: "几十万吧", asked: budget, cmds: list(cmd("quote", "再说吧", "op", "set", "field", "budget")), dropped: counts("ungrounded")},
		"money that is not asked":       {text: "看效果给钱", cmds: list(cmd("quote", "看效果给钱", "op", "set", "field", "budget", "value", "100")), dropped: counts("number")},
		"money that is vague":           {text: "看效果给钱", asked: budget, cmds: list(cmd("quote", "看效果给钱", "op", "set", "field", "budget", "value", "100")), want: "budget:vague"},
		"money of the firm":             {text: "去年营业额3亿元", cmds: list(cmd("quote", "去年营业额3亿元", "op", "set", "field", "budget")), dropped: counts("other_money")},
		"a bare number answers":         {text: "一百二到一百五", asked: budget, cmds: list(cmd("quote", "一百二到一百五", "op", "set", "field", "budget")), want: "budget=120~150"},
		"code that the words say":       {text: "打算委托出去做", cmds: list(cmd("quote", "打算委托出去做", "op", "set", "field", "coop_mode", "value", "技术入股")), want: "coop_mode=委托研发"},
		"code that they do not say":     {text: "东西我们自己留着", cmds: list(cmd("quote", "东西我们自己留着", "op", "set", "field", "coop_mode", "value", "技术入股")), want: "(coop_mode技术入股)"},
		"code in half its words":        {text: "想找高校一起研发", cmds: list(cmd("quote", "想找高校一起研发", "op", "set", "field", "coop_mode", "value", "合作研发")), want: "coop_mode=合作研发"},
		"code that does not exist":      {text: "东西我们自己留着", cmds: list(cmd("quote", "东西我们自己留着", "op", "set", "field", "coop_mode", "value", "合伙")), dropped: counts("code")},
		"refusal of what was asked":     {text: "这个嘛，算了", asked: budget, cmds: list(cmd("quote", "这个嘛，算了", "op", "decline", "field", "budget")), want: "budget:declined"},
		"refusal in plain words":        {text: "预算不方便说", cmds: list(cmd("quote", "预算不方便说", "op", "decline", "field", "budget")), want: "budget:declined"},
		"refusal that nobody expressed": {text: "走带跑偏", cmds: list(cmd("quote", "走带跑偏", "op", "decline", "field", "budget")), dropped: counts("unasked")},
		"delegated to somebody named":   {text: "这个得问设备科的老陈", asked: budget, cmds: list(cmd("quote", "这个得问设备科的老陈", "op", "delegate", "value", "设备科的老陈")), want: "budget:delegated→设备科的老陈"},
		"delegated to an invention":     {text: "这个我不管", asked: budget, cmds: list(cmd("quote", "这个我不管", "op", "delegate", "value", "系统管理员")), dropped: counts("unasked")},
		"row that is not known":         {text: "速度没测过", cmds: list(cmd("quote", "速度没测过", "op", "dont_know", "field", "indicator", "row", "i1")), want: "indicator/i1:unknown"},
		"taken back":                    {text: "跑偏那条先不算", cmds: list(cmd("quote", "跑偏那条先不算", "op", "retract", "field", "problem")), want: "problem:missing"},
		"nothing to take back":          {text: "期限那条先不算", cmds: list(cmd("quote", "期限那条先不算", "op", "retract", "field", "deadline")), dropped: counts("empty")},
		"parked need":                   {text: "先说回烘箱那个", cmds: list(cmd("quote", "先说回烘箱那个", "op", "switch_need", "value", "n1")), want: "→oven"},
		"no such parked need":           {text: "先说回烘箱那个", cmds: list(cmd("quote", "先说回烘箱那个", "op", "switch_need", "value", "n9")), dropped: counts("need")},
		"another need":                  {text: "还有一个，除尘也头疼", cmds: list(cmd("quote", "还有一个，除尘也头疼", "op", "start_need")), want: "[new_need] +还有一个，除尘也头疼"},
		"intents":                       {text: "你们是哪家的？让人打给我，就到这吧", cmds: list(cmd("quote", "你们是哪家的", "op", "ask_bot"), cmd("quote", "让人打给我", "op", "want_human"), cmd("quote", "就到这吧", "op", "finish")), want: "[ask_bot human finish]"},
		"none":                          {text: "嗯", cmds: list(cmd("quote", "", "op", "none"))},
		"the same twice":                {text: "就是跑偏", cmds: list(cmd("quote", "就是跑偏", "op", "set", "field", "problem"), cmd("quote", "就是跑偏", "op", "set", "field", "problem")), want: "problem=就是跑偏", dropped: counts("twice")},

		"new row":                      {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%")), want: "面密度偏差≤1.2%"},
		"number of another world":      {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "current", "3.8", "target", "0.5", "cmp", "≤", "unit", "%")), dropped: counts("number", "number", "empty")},
		"half of it is invented":       {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "current", "3.8", "target", "1.2", "cmp", "≤", "unit", "%")), want: "面密度偏差≤1.2%", dropped: counts("number")},
		"name that nobody said":        {text: "要1.2%以内", rows: list(row("quote", "要1.2%以内", "name", "厚度公差", "target", "1.2", "cmp", "≤", "unit", "%")), dropped: counts("name")},
		"turned comparator":            {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≥", "unit", "%")), want: "面密度偏差≤1.2%"},
		"condition that nobody said":   {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%", "condition", "连续三十批")), want: "面密度偏差≤1.2%", dropped: counts("part")},
		"condition in the next clause": {text: "面密度偏差要1.2%以内，八十米每分钟的时候", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%", "condition", "八十米每分钟的时候")), want: "面密度偏差≤1.2% @八十米每分钟的时候"},
		"correction of a row":          {text: "说错了，是90", rows: list(row("quote", "说错了，是90", "op", "correct", "row", "i1", "target", "90")), want: "i1涂布速度90米/分!"},
		"correction of no row":         {text: "说错了，是90", rows: list(row("quote", "说错了，是90", "op", "correct", "row", "i7", "target", "90")), dropped: counts("need")},
		"completion of a row":          {text: "现在也就四十", rows: list(row("quote", "现在也就四十", "row", "i1", "current", "40")), want: "i1涂布速度(40)米/分"},
		"unit that nobody said":        {text: "目标是1.2", rows: list(row("quote", "目标是1.2", "name", "目标", "target", "1.2", "cmp", "≤", "unit", "μm")), want: "目标1.2", dropped: counts("unit")},
		"an operation of its own":      {text: "目标是1.2", rows: list(row("quote", "目标是1.2", "op", "delete", "row", "i1")), dropped: counts("op")},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			in := input(tt.text)
			in.Asked, in.Need, in.Parked = tt.asked, recorded, []*need.Need{{ID: "oven", Title: "烘箱温差"}}
			told := map[string]int{}
			u := understander(t, llmtest.Says(answer(t, tt.cmds, tt.rows)), extract.UnderstandOptions{Dropped: func(r string, n int) { told[r] += n }})
			got, err := u.Understand(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			checkEvidence(t, tt.text, got.Readings["message:a"])
			if s := brief(got); s != tt.want {
				t.Errorf("read %q, want %q", s, tt.want)
			}
			if tt.dropped == nil {
				tt.dropped = map[string]int{}
			}
			if !reflect.DeepEqual(got.Dropped, tt.dropped) || !reflect.DeepEqual(told, tt.dropped) {
				t.Errorf("dropped %v (told %v), want %v", got.Dropped, told, tt.dropped)
			}
		})
	}
}

func list(all ...map[string]any) []map[string]any { return all }

func counts(reasons ...string) map[string]int {
	out := map[string]int{}
	for _, r := range reasons {
		out[r]++
	}
	return out
}

// brief writes what was understood of the first message in one line.
func brief(u extract.Understood) string {
	var parts []string
	add := func(s string) { parts = append(parts, s) }
	r := u.Readings["message:a"]
	for _, f := range r.Values {
		s := string(f.Key) + "=" + f.Item.Value.Text
		if m := f.Item.Value.Money; m != nil {
			raw, _ := json.Marshal([]float64{m.Min, m.Max})
			s += strings.NewReplacer("[", "", "]", "", ",", "~").Replace(string(raw))
		}
		if f.Corrects {
			s += "!"
		}
		add(s)
	}
	for _, f := range r.Rows {
		s := f.Row.ID + f.Row.Name
		if f.Row.Current != nil {
			s += "(" + strings.ReplaceAll(f.Row.Current.Text, "四十", "40") + ")"
		}
		s += string(f.Row.Op)
		if f.Row.Target != nil {
			s += f.Row.Target.Text
		}
		s += f.Row.Unit
		if f.Row.Condition != "" {
			s += " @" + f.Row.Condition
		}
		if f.Corrects {
			s += "!"
		}
		add(s)
	}
	for _, m := range r.Marks {
		s := string(m.Key)
		if m.Row != "" {
			s += "/" + m.Row
		}
		s += ":" + string(m.Status)
		if m.To != "" {
			s += "→" + m.To
		}
		add(s)
	}
	for k, s := range r.Suggested {
		add("(" + string(k) + s.Value + ")")
	}
	var intents []string
	for _, i := range r.Intents {
		intents = append(intents, string(i))
	}
	if len(intents) > 0 {
		add("[" + strings.Join(intents, " ") + "]")
	}
	if u.Switch != "" {
		add("→" + string(u.Switch))
	}
	if u.NewNeed != "" {
		add("+" + u.NewNeed)
	}
	return strings.Join(parts, " ")
}

func TestRepairAsksOnlyForWhatWasBroken(t *testing.T) {
	t.Parallel()
	good := cmd("quote", "就是跑偏", "op", "set", "field", "problem")
	bad := map[string]any{"message": "m1", "quote": []string{"停机多"}, "op": "set", "field": "problem"}
	m := llmtest.Says(answer(t, list(good, bad), nil), answer(t, list(cmd("quote", "停机多", "op", "set", "field", "problem")), nil))
	got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), input("就是跑偏，停机多"))
	if err != nil || brief(got) != "problem=就是跑偏 problem=停机多" || len(got.Dropped) != 0 {
		t.Fatalf("read %q, dropped %v, error %v", brief(got), got.Dropped, err)
	}
	all := m.Requests()
	if len(all) != 2 || all[1].Name != "repair" || all[1].Schema == nil {
		t.Fatalf("%d calls", len(all))
	}
	last := all[1].Messages[len(all[1].Messages)-1].Text
	if !strings.Contains(last, "/cmds/1") || !strings.Contains(last, "停机多") || strings.Contains(last, "就是跑偏") {
		t.Errorf("the repair asks: %s", last)
	}
}

func TestRepairComesOnce(t *testing.T) {
	t.Parallel()
	bad := map[string]any{"quote": "就是跑偏"}
	tests := map[string]struct {
		first, second string
		want          string
		dropped       int
		usable        bool
	}{
		"never JSON":                   {"好的", "还是不行", "", 0, false},
		"another shape, then right":    {`{"answer":1}`, answer(t, list(cmd("quote", "就是跑偏", "op", "set", "field", "problem")), nil), "problem=就是跑偏", 0, true},
		"still broken":                 {answer(t, list(bad, cmd("quote", "停机多", "op", "set", "field", "problem")), nil), answer(t, list(bad), nil), "problem=停机多", 1, true},
		"a number where text belongs":  {`{"cmds":[],"rows":[{"message":"m1","quote":"良率六十","op":"append_indicator","row":null,"name":"良率","current":60}]}`, "", "良率(60)", 0, true},
		"rows left out":                {`{"cmds":[{"message":"m1","quote":"停机多","op":"set","field":"problem"}]}`, "", "problem=停机多", 0, true},
		"keys too many":                {`{"cmds":[{"message":"m1","quote":"停机多","op":"set","field":"problem","sure":0.9}],"rows":[],"note":"x"}`, "", "problem=停机多", 0, true},
		"an object instead of a list":  {`{"cmds":{"op":"set"},"rows":[]}`, answer(t, nil, nil), "", 0, true},
		"the prompt comes back":        {`{"state":{"fields":[]},"messages":[]}`, `{"state":{"fields":[]},"messages":[]}`, "", 0, false},
		"ten thousand rows":            {`{"cmds":[],"rows":[` + strings.Repeat(`{"message":"m1","quote":"良率六十","op":"append_indicator","name":"良率","current":"60"},`, 9999) + `{"quote":"x"}]}`, "", "", 160, true},
		"nothing to say is no failure": {answer(t, nil, nil), "", "", 0, true},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := llmtest.Says(tt.first, tt.second)
			got, err := understander(t, m, extract.UnderstandOptions{}).Understand(t.Context(), input("就是跑偏，停机多，良率六十"))
			if (err == nil) != tt.usable || err != nil && !errors.Is(err, llm.ErrInvalid) {
				t.Fatalf("error %v", err)
			}
			total := 0
			for _, n := range got.Dropped {
				total += n
			}
			if name == "ten thousand rows" {
				if len(got.Readings["message:a"].Rows) > 40 || total < 100 {
					t.Errorf("%d rows, %d dropped", len(got.Readings["message:a"].Rows), total)
				}
				return
			}
			if brief(got) != tt.want || total != tt.dropped || len(m.Requests()) > 2 {
				t.Errorf("read %q, want %q; dropped %v after %d calls", brief(got), tt.want, got.Dropped, len(m.Requests()))
			}
		})
	}
}

// Over real HTTP: each fault of an endpoint is an error of a kind, or costs
// commands; none of them puts anything into the record that was not said.
func TestFaultsOverHTTP(t *testing.T) {
	t.Parallel()
	whole := answer(t, list(cmd("quote", "走带一到八十米就跑偏", "op", "set", "field", "problem")), nil)
	tests := map[fakeopenai.Fault]struct {
		kind error
		want string
	}{
		fakeopenai.OK:          {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Fenced:      {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Thinking:    {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Reasoning:   {nil, "problem=走带一到八十米就跑偏"},
		fakeopenai.Hang:        {llm.ErrDown, ""},
		fakeopenai.Drip:        {llm.ErrDown, ""},
		fakeopenai.Stall:       {llm.ErrDown, ""},
		fakeopenai.Limited:     {llm.ErrDown, ""},
		fakeopenai.ServerError: {llm.ErrDown, ""},
		fakeopenai.Unavailable: {llm.ErrDown, ""},
		fakeopenai.Reset:       {llm.ErrDown, ""},
		fakeopenai.ErrorBody:   {llm.ErrDown, ""},
		fakeopenai.Blank:       {llm.ErrBlank, ""},
		fakeopenai.NoChoices:   {llm.ErrBlank, ""},
		fakeopenai.Filtered:    {llm.ErrBlank, ""},
		fakeopenai.Refused:     {llm.ErrBlank, ""},
		fakeopenai.NotJSON:     {llm.ErrInvalid, ""},
		fakeopenai.WrongSchema: {llm.ErrInvalid, ""},
		fakeopenai.Huge:        {llm.ErrInvalid, ""},
		fakeopenai.Echo:        {nil, ""}, // the examples of the prompt come back: nobody said them
		fakeopenai.Obey:        {nil, ""},
		fakeopenai.Lie:         {nil, ""},
	}
	for fault, tt := range tests {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			_, m := serve(t, whole, fakeopenai.Mode{Fault: fault})
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			got, err := understander(t, m, extract.UnderstandOptions{}).Understand(ctx, input("走带一到八十米就跑偏"))
			if !errors.Is(err, tt.kind) {
				t.Fatalf("error %v, want %v", err, tt.kind)
			}
			if fault == fakeopenai.Obey || fault == fakeopenai.Lie {
				checkEvidence(t, "走带一到八十米就跑偏", got.Readings["message:a"])
				return
			}
			if brief(got) != tt.want {
				t.Errorf("read %q, want %q", brief(got), tt.want)
			}
		})
	}
}

func serve(t *testing.T, says string, mode fakeopenai.Mode) (*fakeopenai.Server, llm.Model) {
	t.Helper()
	s, err := fakeopenai.Start(fakeopenai.Options{Answer: func(fakeopenai.Request) string { return says }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Close)
	s.SetMode(mode)
	m, err := openai.New(openai.Config{BaseURL: s.URL, Model: "qwen-plus"})
	if err != nil {
		t.Fatal(err)
	}
	return s, m
}

// A cut answer gives a part of its commands, and no number is cut in two.
func TestAnAnswerCutAtEveryByte(t *testing.T) {
	t.Parallel()
	const text = "走带一到八十米就跑偏，面密度偏差要12.5%以内"
	whole := answer(t, list(cmd("quote", "走带一到八十米就跑偏", "op", "set", "field", "problem")),
		list(row("quote", "面密度偏差要12.5%以内", "name", "面密度偏差", "target", "12.5", "cmp", "≤", "unit", "%")))
	s, m := serve(t, whole, fakeopenai.Mode{})
	u := understander(t, m, extract.UnderstandOptions{})
	allowed := map[string]bool{"": true, "problem=走带一到八十米就跑偏": true, "面密度偏差≤12.5%": true, "problem=走带一到八十米就跑偏 面密度偏差≤12.5%": true}
	for k := range len(whole) {
		s.SetMode(fakeopenai.Mode{Fault: fakeopenai.Truncated, K: k})
		got, err := u.Understand(t.Context(), input(text))
		if err != nil && !errors.Is(err, llm.ErrInvalid) && !errors.Is(err, llm.ErrBlank) {
			t.Fatalf("cut at %d: %v", k, err)
		}
		if !allowed[brief(got)] {
			t.Fatalf("cut at %d: read %q", k, brief(got))
		}
	}
}

func TestNewUnderstanderNeedsItsPrompts(t *testing.T) {
	t.Parallel()
	set, err := prompts.Default()
	if err != nil {
		t.Fatal(err)
	}
	for name, o := range map[string]extract.UnderstandOptions{
		"no such prompt":   {Prompt: "understand.fr"},
		"no schema":        {Prompt: "phrase.zh"},
		"no repair prompt": {Repair: "repair.fr"},
	} {
		if _, err := extract.NewUnderstander(llmtest.Says("x"), set, o); err == nil {
			t.Errorf("%s: no error", name)
		}
	}
}
