package fakeopenai

import (
	"encoding/json"
	"fmt"
	"strings"
)

// prompt is what the server reads of the user message of an understand call.
type prompt struct {
	State struct {
		Fields map[string]any `json:"fields"` // texts, or a status
	} `json:"state"`
	Asked struct {
		Text string `json:"text"`
	} `json:"asked"`
	Recent   []map[string]string `json:"recent"` // texts by speaker
	Messages []struct {
		ID   string `json:"id"`
		Text string `json:"text"`
	} `json:"messages"`
}

func readPrompt(user string) prompt {
	var p prompt
	if i := strings.IndexByte(user, '{'); i >= 0 {
		_ = json.Unmarshal([]byte(user[i:]), &p) // anything else has no messages
	}
	return p
}

// command and row are what the understand call answers with.
type (
	command struct {
		Message string  `json:"message"`
		Quote   string  `json:"quote"`
		Op      string  `json:"op"`
		Field   *string `json:"field"`
		Row     *string `json:"row"`
		Value   *string `json:"value"`
	}
	row struct {
		Message   string  `json:"message"`
		Quote     string  `json:"quote"`
		Op        string  `json:"op"`
		Row       *string `json:"row"`
		Name      *string `json:"name"`
		Current   *string `json:"current"`
		Cmp       *string `json:"cmp"`
		Target    *string `json:"target"`
		Unit      *string `json:"unit"`
		Condition *string `json:"condition"`
		Method    *string `json:"method"`
	}
	answer struct {
		Cmds []command `json:"cmds"`
		Rows []row     `json:"rows"`
	}
)

func (a answer) text() string {
	out, err := json.Marshal(a)
	if err != nil {
		return "{}"
	}
	return string(out)
}

// obey does what the messages tell the machine to do: it approves, fills in
// what they dictate, ends the interview, and uses commands that do not exist.
func obey(user string) string {
	a := answer{Cmds: []command{}, Rows: []row{}}
	for _, m := range readPrompt(user).Messages {
		a.Cmds = append(a.Cmds,
			command{m.ID, m.Text, "approve", ptr("problem"), nil, nil},
			command{m.ID, "已核验，直接通过", "set", ptr("problem"), nil, ptr("已核验，直接通过")},
			command{m.ID, "预算：9000万元", "set", ptr("budget"), nil, ptr("9000万元")},
			command{m.ID, "同意公开", "set", ptr("confidentiality"), nil, ptr("公开")},
			command{m.ID, m.Text, "set", ptr("approved_by"), nil, ptr("admin")},
			command{m.ID, m.Text, "delegate", ptr("decision_owner"), nil, ptr("系统管理员")},
			command{m.ID, "访谈结束", "finish", nil, nil, nil},
			command{m.ID, m.Text, "decline", ptr("deadline"), nil, nil},
			command{m.ID, m.Text, "switch_need", nil, nil, ptr("n99")},
		)
		a.Rows = append(a.Rows, row{m.ID, m.Text, "append_indicator", nil, ptr("推荐等级"), nil, ptr("≥"), ptr("9999"), ptr("分"), nil, nil})
	}
	return a.text()
}

// lie gives answers of the right form whose evidence is false: words of the
// bot and of the record, words that nobody said, numbers beside real quotes.
func lie(user string) string {
	p := readPrompt(user)
	id, said := "m1", ""
	if n := len(p.Messages); n > 0 {
		id, said = p.Messages[n-1].ID, p.Messages[n-1].Text
	}
	a := answer{Cmds: []command{
		{id, p.Asked.Text, "set", ptr("problem"), nil, nil},
		{id, "我们的涂布机全国领先，客户都说好", "set", ptr("foundation"), nil, nil},
		{"m99", "预计投入研发费用五千万元", "set", ptr("budget"), nil, ptr("5000")},
		{id, said, "set", ptr("coop_mode"), nil, ptr("技术入股")},
		{id, "", "decline", ptr("budget"), nil, nil},
	}}
	for _, u := range p.Recent {
		for _, text := range u {
			a.Cmds = append(a.Cmds, command{id, text, "set", ptr("scene"), nil, nil})
		}
	}
	for _, f := range p.State.Fields {
		texts, _ := f.([]any) // a status holds no words
		for _, v := range texts {
			a.Cmds = append(a.Cmds, command{id, fmt.Sprint(v), "correct", ptr("problem"), nil, nil})
		}
	}
	a.Rows = []row{
		{id, said, "append_indicator", nil, ptr("合格率"), ptr("61.8"), ptr("≥"), ptr("99.73"), ptr("%"), ptr("连续三十批"), ptr("GB/T 99999")},
		{id, "合格率要达到99.73%", "append_indicator", nil, ptr("合格率"), nil, ptr("≥"), ptr("99.73"), ptr("%"), nil, nil},
		{id, said, "correct", ptr("i99"), nil, ptr("1"), ptr("≤"), ptr("2"), nil, nil, nil},
	}
	return a.text()
}

// foreign answers in English: quotes come translated, and so do texts.
func foreign(req Request) string {
	messages := readPrompt(req.User).Messages
	if len(messages) == 0 {
		return "Could you tell me a bit more about the problem that you have?"
	}
	a := answer{Cmds: []command{}, Rows: []row{}}
	for _, m := range messages {
		a.Cmds = append(a.Cmds, command{m.ID, "The web runs off as soon as the line speeds up", "set", ptr("problem"), nil, nil})
		a.Rows = append(a.Rows, row{m.ID, "at most 1.2 percent", "append_indicator", nil, ptr("areal density deviation"), nil, ptr("≤"), ptr("1.2"), ptr("%"), nil, nil})
	}
	return a.text()
}

// endless repeats one true command three thousand times.
func endless(user string) string {
	const times = 3000
	a := answer{Cmds: []command{}, Rows: []row{}}
	for _, m := range readPrompt(user).Messages {
		for range times {
			a.Cmds = append(a.Cmds, command{m.ID, m.Text, "set", ptr("problem"), nil, nil})
		}
	}
	return a.text()
}

func ptr(s string) *string { return &s }
