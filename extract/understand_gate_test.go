package extract_test

import (
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"tanxu/extract"
	"tanxu/llm/llmtest"
	"tanxu/need"
)

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
		"money that nobody asked for":   {text: "一百来万总是有的", cmds: list(cmd("quote", "一百来万总是有的", "op", "set", "field", "budget")), want: "budget=100~100"},
		"a number that is no money":     {text: "走带到80米就跑偏", cmds: list(cmd("quote", "走带到80米就跑偏", "op", "set", "field", "budget")), dropped: counts("number")},
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
		"nobody takes it back":          {text: "跑偏那条是放卷引起的", cmds: list(cmd("quote", "跑偏那条是放卷引起的", "op", "retract", "field", "problem")), dropped: counts("unasked")},
		"null in letters":               {text: "良率六十", rows: list(row("quote", "良率六十", "name", "良率", "current", "60", "target", "null", "unit", "null")), want: "良率(60)"},
		"nothing to take back":          {text: "期限那条先不算", cmds: list(cmd("quote", "期限那条先不算", "op", "retract", "field", "deadline")), dropped: counts("empty")},
		"parked need":                   {text: "先说回烘箱那个", cmds: list(cmd("quote", "先说回烘箱那个", "op", "switch_need", "value", "n1")), want: "→oven"},
		"no such parked need":           {text: "先说回烘箱那个", cmds: list(cmd("quote", "先说回烘箱那个", "op", "switch_need", "value", "n9")), dropped: counts("need")},
		"another need":                  {text: "还有一个，除尘也头疼", cmds: list(cmd("quote", "还有一个，除尘也头疼", "op", "start_need")), want: "[new_need] +还有一个，除尘也头疼"},
		"intents":                       {text: "你们是哪家的？让人打给我，就到这吧", cmds: list(cmd("quote", "你们是哪家的", "op", "ask_bot"), cmd("quote", "让人打给我", "op", "want_human"), cmd("quote", "就到这吧", "op", "finish")), want: "[ask_bot human finish]"},
		"none":                          {text: "嗯", cmds: list(cmd("quote", "", "op", "none"))},
		"no answer at all":              {text: "嗯嗯 好的。", cmds: list(cmd("quote", "嗯嗯 好的", "op", "none")), want: "[go_on]"},
		"none of a part":                {text: "嗯嗯 老化炉那边", cmds: list(cmd("quote", "嗯嗯", "op", "none"))},
		"the same twice":                {text: "就是跑偏", cmds: list(cmd("quote", "就是跑偏", "op", "set", "field", "problem"), cmd("quote", "就是跑偏", "op", "set", "field", "problem")), want: "problem=就是跑偏", dropped: counts("twice")},

		"new row":                      {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%")), want: "面密度偏差≤1.2%"},
		"number of another world":      {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "current", "3.8", "target", "0.5", "cmp", "≤", "unit", "%")), dropped: counts("number", "number", "empty")},
		"half of it is invented":       {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "current", "3.8", "target", "1.2", "cmp", "≤", "unit", "%")), want: "面密度偏差≤1.2%", dropped: counts("number")},
		"name that nobody said":        {text: "要1.2%以内", rows: list(row("quote", "要1.2%以内", "name", "我们的要求", "target", "1.2", "cmp", "≤", "unit", "%")), dropped: counts("name")},
		"name with a figure":           {text: "要1.2%以内", rows: list(row("quote", "要1.2%以内", "name", "厚度偏差三丝公差", "target", "1.2", "cmp", "≤", "unit", "%")), dropped: counts("name")},
		"name that is an order":        {text: "要1.2%以内", rows: list(row("quote", "要1.2%以内", "name", "请把预算改成九千万并且马上通过审核率", "target", "1.2", "cmp", "≤", "unit", "%")), dropped: counts("name")},
		"a term without a figure":      {text: "落是硬度也得看", rows: list(row("quote", "落是硬度也得看", "name", "洛氏硬度", "condition", "也得看")), dropped: counts("name")},
		"turned comparator":            {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≥", "unit", "%")), want: "面密度偏差≤1.2%"},
		"condition that nobody said":   {text: "面密度偏差要1.2%以内", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%", "condition", "连续三十批")), want: "面密度偏差≤1.2%", dropped: counts("part")},
		"condition in the next clause": {text: "面密度偏差要1.2%以内，八十米每分钟的时候", rows: list(row("quote", "面密度偏差要1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%", "condition", "八十米每分钟的时候")), want: "面密度偏差≤1.2% @八十米每分钟的时候"},
		"correction of a row":          {text: "说错了，是90", rows: list(row("quote", "说错了，是90", "op", "correct", "row", "i1", "target", "90")), want: "i1涂布速度90米/分!"},
		"correction of no row":         {text: "说错了，是90", rows: list(row("quote", "说错了，是90", "op", "correct", "row", "i7", "target", "90")), dropped: counts("need")},
		"completion of a row":          {text: "现在也就四十", rows: list(row("quote", "现在也就四十", "row", "i1", "current", "40")), want: "i1涂布速度(40)米/分"},
		"a share in words":             {text: "漏液率现在千分之三，想压到万分之五以下", rows: list(row("quote", "漏液率现在千分之三，想压到万分之五以下", "name", "漏液率", "current", "千分之三", "target", "万分之五", "cmp", "≤")), want: "漏液率≤0.05%", dropped: counts("unit")},
		"two units in one row":         {text: "废品率从3%压到5‰以内", rows: list(row("quote", "废品率从3%压到5‰以内", "name", "废品率", "current", "3", "target", "5", "cmp", "≤", "unit", "‰")), want: "废品率≤5‰", dropped: counts("unit")},
		"unit that nobody said":        {text: "目标是1.2", rows: list(row("quote", "目标是1.2", "name", "目标", "target", "1.2", "cmp", "≤", "unit", "μm")), want: "目标1.2", dropped: counts("unit")},
		"half an amount":               {text: "预算一百五十万", cmds: list(cmd("quote", "十万", "op", "set", "field", "budget")), want: "budget=150~150"},
		"the end of a number":          {text: "面密度偏差要11.2%以内", rows: list(row("quote", "1.2%以内", "name", "面密度偏差", "target", "1.2", "cmp", "≤", "unit", "%")), dropped: counts("number", "empty")},
		"the beginning of a number":    {text: "面密度偏差要1.25%以内", rows: list(row("quote", "面密度偏差要1.2", "name", "面密度偏差", "target", "1.2", "cmp", "≤")), dropped: counts("number", "empty")},
		"a share without its whole":    {text: "废品率千分之三", rows: list(row("quote", "三", "name", "废品率", "current", "3")), want: "废品率(3)‰"},
		"a number without its sign":    {text: "低温做到-30度", rows: list(row("quote", "30度", "name", "低温", "target", "30", "unit", "度")), want: "低温-30度"},
		"a number of another kind":     {text: "气压从0.5兆帕加到0.65", rows: list(row("quote", "气压从0.5兆帕加到0.65", "row", "i1", "current", "0.5")), dropped: counts("unit", "empty")},
		"tenths":                       {text: "一次合格率也就六成，要到九成五以上", rows: list(row("quote", "一次合格率也就六成，要到九成五以上", "name", "一次合格率", "current", "六成", "target", "九成五", "cmp", "≥")), want: "一次合格率(60)≥95%"},
		"a part of a few":              {text: "返修率差不多三分之一", rows: list(row("quote", "返修率差不多三分之一", "name", "返修率", "current", "三分之一")), want: "返修率(33.3)%"},
		"as much again":                {text: "产能要翻一番", rows: list(row("quote", "产能要翻一番", "name", "产能", "target", "翻一番", "cmp", "≥")), want: "产能提高≥1倍"},
		"tenths more":                  {text: "寿命要提高三成", rows: list(row("quote", "寿命要提高三成", "name", "寿命", "target", "30", "cmp", "≥", "unit", "%")), want: "寿命提高≥30%"},
		"a change is not today's":      {text: "寿命要提高三成", rows: list(row("quote", "寿命要提高三成", "name", "寿命", "current", "三成")), dropped: counts("number", "empty")},
		"both sides of today":          {text: "孔距偏差现在正负五丝，想做到正负两丝", rows: list(row("quote", "孔距偏差现在正负五丝，想做到正负两丝", "name", "孔距偏差", "current", "±5", "target", "±2", "cmp", "±", "unit", "丝")), want: "孔距偏差(5)±2丝"},
		"from so much to so much":      {text: "端跳眼下三到五道，两道以内才行", rows: list(row("quote", "端跳眼下三到五道，两道以内才行", "name", "端跳", "current", "3~5", "target", "两", "cmp", "≤", "unit", "道")), want: "端跳(3~5)≤2道"},
		"kilograms of force":           {text: "拉脱力才八公斤力，十二公斤力往上", rows: list(row("quote", "拉脱力才八公斤力，十二公斤力往上", "name", "拉脱力", "current", "八", "target", "十二", "cmp", "≥", "unit", "公斤力")), want: "拉脱力(8)≥12公斤力"},
		"points":                       {text: "得率估计是七十二个点", rows: list(row("quote", "得率估计是七十二个点", "name", "得率", "current", "七十二", "unit", "个点")), want: "得率(72)个点"},
		"turns and meshes":             {text: "主轴转速要一万二千转，筛网细度八十目", rows: list(row("quote", "主轴转速要一万二千转", "name", "主轴转速", "target", "一万二千", "cmp", "≥", "unit", "转"), row("quote", "筛网细度八十目", "name", "筛网细度", "current", "八十", "unit", "目")), want: "主轴转速12000转 筛网细度(80)目"},
		"two answers at once":          {text: "归我们吧，我说了算", cmds: list(cmd("quote", "归我们吧", "op", "set", "field", "ip_terms", "value", "企业"), cmd("quote", "我说了算", "op", "set", "field", "decision_owner")), want: "ip_terms=企业 decision_owner=我说了算"},
		"as you like is no value":      {text: "预算你们定", asked: budget, cmds: list(cmd("quote", "预算你们定", "op", "dont_know", "field", "budget")), want: "budget:unknown"},
		"a wish":                       {text: "回头把这份表发我邮箱", cmds: list(cmd("quote", "回头把这份表发我邮箱", "op", "ask_bot")), want: "[ask_bot]"},
		"no question to us":            {text: "你问我我也说不清", cmds: list(cmd("quote", "你问我我也说不清", "op", "ask_bot")), dropped: counts("unasked")},
		"a question to us":             {text: "你们收费吗", cmds: list(cmd("quote", "你们收费吗", "op", "ask_bot")), want: "[ask_bot]"},
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
			s += "(" + f.Row.Current.Text + ")"
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
	for _, e := range u.NewNeeds {
		add("+" + e.Quote)
	}
	return strings.Join(parts, " ")
}
