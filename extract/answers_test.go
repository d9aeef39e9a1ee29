package extract_test

import (
	"slices"
	"testing"

	"tanxu/extract"
	"tanxu/need"
)

// value is the value of field k as a text, "" if none was found.
func value(r extract.Reading, k need.Key) string {
	for _, f := range r.Values {
		if f.Key != k {
			continue
		}
		switch v := f.Item.Value; {
		case v.Deadline != nil:
			return v.Deadline.ISO
		case v.Money != nil:
			return number(v.Money.Min) + "~" + number(v.Money.Max)
		default:
			return v.Text
		}
	}
	return ""
}

func TestValuesOfAnswers(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		asked      need.Key
		text, want string
	}{
		"a problem is kept whole":      {need.KeyProblem, "注塑件边上老有飞边，返修一天要三个人。", "注塑件边上老有飞边，返修一天要三个人"},
		"a scene in fragments":         {need.KeyScene, "PA66加玻纤\n汽车连接器\n月产40万只", "PA66加玻纤\n汽车连接器\n月产40万只"},
		"a trial with numbers":         {need.KeyTried, "保压从60兆帕加到80兆帕试过，飞边更大，退回来了。", "保压从60兆帕加到80兆帕试过，飞边更大，退回来了"},
		"a guess is a statement":       {need.KeyRootCause, "我们怀疑是分型面磨损，没定量过，只是看着像。", "我们怀疑是分型面磨损，没定量过，只是看着像"},
		"who decides":                  {need.KeyDecisionOwner, "技术上我定，花钱要董事长点头", "技术上我定，花钱要董事长点头"},
		"money in a sentence":          {need.KeyBudget, "今年立项批了120万元", "120~120"},
		"money, the total first":       {need.KeyBudget, "一共150万，设备60万，剩下做研发", "150~150"},
		"money, not that one":          {need.KeyBudget, "八十万，不是十八万", "80~80"},
		"money, the old one spent":     {need.KeyBudget, "那300万是买设备的，现在做研发的钱是90万", "90~90"},
		"spoken range":                 {need.KeyBudget, "一百五到两百个吧", "150~200"},
		"a duration":                   {need.KeyDeadline, "给一年时间吧", "P12M"},
		"the exact date wins":          {need.KeyDeadline, "明年年底，2027年12月31号，一天不能拖", "2027-12-31"},
		"the limit wins":               {need.KeyDeadline, "样机3个月出，整机最晚2027年9月30号交", "2027-09-30"},
		"the past is no deadline":      {need.KeyDeadline, "2021年6月就报过一次", ""},
		"a mode":                       {need.KeyCoopMode, "走合作研发，设计你们找人做", "合作研发"},
		"a mode, spoken":               {need.KeyCoopMode, "全包出去做", "委托研发"},
		"a question is no mode":        {need.KeyCoopMode, "是委托出去还是一起搞，得厂长定", ""},
		"ours":                         {need.KeyIPTerms, "钱我们出，东西当然归我们", "企业"},
		"without names":                {need.KeyConfidentiality, "可以挂，厂名别露，客户名也遮掉", "脱敏公开"},
		"a don't-know has no value":    {need.KeyTried, "这个我不清楚", ""},
		"none is no value":             {need.KeyConstraints, "没有", ""},
		"going on is no value":         {need.KeyScene, "嗯，你接着问吧。", ""},
		"refused, with words besides":  {need.KeyTried, "配方都在保密清单里，跳过。", ""},
		"a number of words in a word":  {need.KeyBudget, "钱的事邮件里一个字没提", ""},
		"English budget":               {need.KeyBudget, "around 80万 in total", "80~80"},
		"English mode":                 {need.KeyCoopMode, "joint development, please", "合作研发"},
		"mode with a word against one": {need.KeyCoopMode, "不委托，两家联合开发", "合作研发"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r := read(tt.text, tt.asked)
			grounded(t, tt.text, r)
			if got := value(r, tt.asked); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestListsAreSplit(t *testing.T) {
	t.Parallel()

	r := read("模具不能换，客户锁死的。单件成本最多加两毛钱。", need.KeyConstraints)
	var got []string
	for _, f := range r.Values {
		got = append(got, f.Item.Value.Text)
	}
	if want := []string{"模具不能换，客户锁死的", "单件成本最多加两毛钱"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestMarks(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		asked  need.Key
		text   string
		status need.FieldStatus // "" for no mark
		to     string
	}{
		"refusal":                       {need.KeyBudget, "预算不方便说", need.Declined, ""},
		"refusal, blunt":                {need.KeyBudget, "钱的事免谈", need.Declined, ""},
		"secret":                        {need.KeyTried, "这个保密", need.Declined, ""},
		"a trade secret":                {need.KeyRootCause, "属于商业机密", need.Declined, ""},
		"skipped":                       {need.KeyFoundation, "跳过吧，这块不聊", need.Declined, ""},
		"refusal in English":            {need.KeyBudget, "I'd rather not say", need.Declined, ""},
		"don't know":                    {need.KeyTried, "不清楚", need.Unknown, ""},
		"cannot say":                    {need.KeyIndicator, "没测过，没有数据", need.Unknown, ""},
		"nothing":                       {need.KeyConstraints, "没有。", need.Unknown, ""},
		"don't know in English":         {need.KeyDeadline, "no idea, sorry", need.Unknown, ""},
		"ask the engineer":              {need.KeyIndicator, "得问我们厂的李工程师", need.Delegated, "李工程师"},
		"the lab has it":                {need.KeyIndicator, "我手上没有，化验室小周有", need.Delegated, "化验室小周"},
		"a department and a name":       {need.KeyIndicator, "没数。工艺组小马。", need.Delegated, "工艺组小马"},
		"the legal department":          {need.KeyIPTerms, "专利归谁要问法务部", need.Delegated, "法务部"},
		"the boss decides":              {need.KeyBudget, "能花多少得董事长发话", need.Delegated, "董事长"},
		"old Wang":                      {need.KeyRootCause, "这个得问老王才行", need.Delegated, "老王"},
		"the better the higher":         {need.KeyIndicator, "当然越高越好", need.Vague, ""},
		"as soon as possible":           {need.KeyDeadline, "尽快吧", need.Vague, ""},
		"hard to say":                   {need.KeyProblem, "一下说不太清", need.Vague, ""},
		"nothing too outrageous":        {need.KeyBudget, "别太离谱就行", need.Vague, ""},
		"a few words may hide more":     {need.KeyProblem, "就是不好用", need.Vague, ""},
		"a full answer":                 {need.KeyProblem, "冷却后薄壁处翘曲，装配时卡扣对不上，每批要挑掉一成。", "", ""},
		"a number":                      {need.KeyBudget, "80万", "", ""},
		"who decides is no delegation":  {need.KeyDecisionOwner, "最后点头的是副总", "", ""},
		"a refusal that then gives way": {need.KeyBudget, "本来不方便说，就按90万记吧", "", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r := read(tt.text, tt.asked)
			grounded(t, tt.text, r)
			status, to := need.FieldStatus(""), ""
			if len(r.Marks) > 0 {
				status, to = r.Marks[0].Status, r.Marks[0].To
			}
			if status != tt.status || to != tt.to {
				t.Errorf("got %q to %q, want %q to %q", status, to, tt.status, tt.to)
			}
		})
	}
}

// rowsSoFar are the rows that the corrections below speak of.
func rowsSoFar() []*need.Indicator {
	return []*need.Indicator{
		{ID: "i1", Name: "氢化效率", Unit: "g/L", Current: &need.Quantity{Text: "7.6", Num: 7.6}},
		{ID: "i2", Name: "活性氧化铝单耗", Unit: "kg/t", Current: &need.Quantity{Text: "5.2", Num: 5.2}, Target: &need.Quantity{Text: "2.5", Num: 2.5}, Op: need.AtMost},
		{ID: "i3", Name: "杀菌能力", Unit: "瓶/h", Current: &need.Quantity{Text: "2600", Num: 2600}},
	}
}

func TestCorrectionsOfRows(t *testing.T) {
	t.Parallel()

	tests := map[string]struct {
		text, id        string
		current, target string
	}{
		"said wrongly":              {"刚才说错了，氢效是6.7克每升", "i1", "6.7", ""},
		"taken back by its number":  {"7.6收回，按6.7克每升记", "i1", "6.7", ""},
		"a new target":              {"那个2.5我收回，定3.0公斤每吨以内", "i2", "", "3.0"},
		"the old number is another": {"2600瓶是两个池子一起开，自己的处理能力就1500瓶每小时", "i3", "1500", ""},
		"another name for the row":  {"不对，氢效目前6.9克每升", "i1", "6.9", ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			c := extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyIndicator}, Rows: rowsSoFar()}
			r := extract.NewRules().Read(tt.text, c)
			grounded(t, tt.text, r)
			if len(r.Rows) != 1 || r.Rows[0].Row.ID != tt.id || !r.Rows[0].Corrects {
				t.Fatalf("rows = %+v", r.Rows)
			}
			row := r.Rows[0].Row
			if text(row.Current) != tt.current || text(row.Target) != tt.target {
				t.Errorf("got %s, %s; want %s, %s", text(row.Current), text(row.Target), tt.current, tt.target)
			}
		})
	}
}

func text(q *need.Quantity) string {
	if q == nil {
		return ""
	}
	return q.Text
}

func TestPartsOfARow(t *testing.T) {
	t.Parallel()

	row := &need.Indicator{ID: "i1", Name: "剥离强度", Unit: "N/mm", Current: &need.Quantity{Text: "0.8", Num: 0.8}}
	tests := map[string]struct{ text, target, condition string }{
		"a bare target":        {"1.4以上", "1.4", ""},
		"a bare number":        {"到1.4N/mm就行", "1.4", ""},
		"a condition in words": {"按GB/T 2792，180度剥", "", "按GB/T 2792，180度剥"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			c := extract.Context{Ref: "message:m1", Now: now(), Asked: []need.Key{need.KeyIndicator}, Row: row, Rows: []*need.Indicator{row}}
			r := extract.NewRules().Read(tt.text, c)
			grounded(t, tt.text, r)
			if len(r.Rows) != 1 || r.Rows[0].Row.ID != "i1" {
				t.Fatalf("rows = %+v", r.Rows)
			}
			if got := r.Rows[0].Row; text(got.Target) != tt.target || got.Condition != tt.condition {
				t.Errorf("got %q, %q; want %q, %q", text(got.Target), got.Condition, tt.target, tt.condition)
			}
		})
	}
}

func TestCorrectionsOfValues(t *testing.T) {
	t.Parallel()

	for name, tt := range map[string]struct {
		asked need.Key
		text  string
	}{
		"budget":   {need.KeyBudget, "刚才说错了，是60万"},
		"deadline": {need.KeyDeadline, "2026年6月那个作废，新的算14个月"},
		"limit":    {need.KeyConstraints, "不对，高度按5毫米，6毫米作废"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()

			r := read(tt.text, tt.asked)
			if !slices.Contains(r.Intents, extract.Correct) || len(r.Values) == 0 || !r.Values[0].Corrects {
				t.Errorf("intents %v, values %+v", r.Intents, r.Values)
			}
		})
	}
}
