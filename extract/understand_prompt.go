package extract

import (
	"fmt"
	"maps"
	"strconv"
	"strings"
	"time"

	"tanxu/need"
	"tanxu/prompts"
)

// Limits of what of the past stands in a prompt: the state holds what was said.
const (
	recentUtterances = 4
	recentRunes      = 300
)

// promptVars are those of our variables that a prompt declares. All that people
// wrote goes in as data.
func promptVars(in UnderstandInput, declared map[string]prompts.Type) map[string]any {
	vars := map[string]any{
		"today":    today(in.Now),
		"codes":    promptCodes(),
		"state":    promptState(in),
		"asked":    promptAsked(in.Asked),
		"recent":   promptRecent(in.Recent),
		"messages": promptMessages(in.Heard),
	}
	maps.DeleteFunc(vars, func(name string, _ any) bool { return declared[name] == "" })
	return vars
}

func today(now time.Time) string {
	day := [...]string{"日", "一", "二", "三", "四", "五", "六"}[now.Weekday()]
	return fmt.Sprintf("%d年%d月%d日 星期%s", now.Year(), now.Month(), now.Day(), day)
}

// coded are the fields whose code the model may choose.
func coded() []need.Key {
	return []need.Key{need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality}
}

func promptCodes() map[need.Key][]string {
	out := map[need.Key][]string{}
	for _, k := range coded() {
		out[k] = k.Codes()
	}
	return out
}

type (
	stateData struct {
		Fields []fieldData  `json:"fields"`
		Rows   []rowData    `json:"rows"`
		Needs  []parkedData `json:"needs"`
	}
	fieldData struct {
		Field  need.Key         `json:"field"`
		Status need.FieldStatus `json:"status"`
		Values []string         `json:"values,omitempty"`
	}
	rowData struct {
		Row       string `json:"row"`
		Name      string `json:"name"`
		Current   string `json:"current,omitempty"`
		Cmp       string `json:"cmp,omitempty"`
		Target    string `json:"target,omitempty"`
		Unit      string `json:"unit,omitempty"`
		Condition string `json:"condition,omitempty"`
		Method    string `json:"method,omitempty"`
	}
	parkedData struct {
		Need  string `json:"need"`
		Title string `json:"title"`
	}
)

// promptState restates all that is recorded: models lose what was said turns ago.
func promptState(in UnderstandInput) stateData {
	out := stateData{Fields: []fieldData{}, Rows: []rowData{}, Needs: []parkedData{}}
	for i, n := range in.Parked {
		out.Needs = append(out.Needs, parkedData{Need: parkedName(i), Title: n.Title})
	}
	if in.Need == nil {
		return out
	}
	for _, k := range need.Keys() {
		f := in.Need.Fields[k]
		if f == nil || f.Status == need.Missing || f.Status == "" {
			continue
		}
		d := fieldData{Field: k, Status: f.Status}
		for _, item := range f.Items {
			d.Values = append(d.Values, valueText(item.Value))
		}
		out.Fields = append(out.Fields, d)
	}
	for _, r := range in.Need.Indicators {
		out.Rows = append(out.Rows, rowData{
			Row: r.ID, Name: r.Name, Current: quantityText(r.Current), Cmp: string(r.Op), Target: quantityText(r.Target),
			Unit: r.Unit, Condition: r.Condition, Method: r.Method,
		})
	}
	return out
}

// parkedName is the name of a parked need in the prompt: ids are long, and the
// model must not see those of the database.
func parkedName(i int) string { return "n" + strconv.Itoa(i+1) }

func valueText(v need.Value) string {
	switch {
	case v.Money != nil && v.Money.Min == v.Money.Max:
		return strconv.FormatFloat(v.Money.Min, 'f', -1, 64) + v.Money.Unit
	case v.Money != nil:
		return strconv.FormatFloat(v.Money.Min, 'f', -1, 64) + "~" + strconv.FormatFloat(v.Money.Max, 'f', -1, 64) + v.Money.Unit
	case v.Deadline != nil:
		return v.Deadline.Text
	default:
		return v.Text
	}
}

func quantityText(q *need.Quantity) string {
	if q == nil {
		return ""
	}
	return q.Text
}

func promptAsked(a AskedBefore) map[string]any {
	keys := a.Keys
	if keys == nil {
		keys = []need.Key{}
	}
	return map[string]any{"text": a.Text, "fields": keys, "row": a.Row}
}

func promptRecent(all []Utterance) []map[string]string {
	out := []map[string]string{}
	for _, u := range all[max(0, len(all)-recentUtterances):] {
		who := "bot"
		if u.Contact {
			who = "contact"
		}
		out = append(out, map[string]string{"who": who, "text": clipRunes(u.Text, recentRunes)})
	}
	return out
}

func clipRunes(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

func promptMessages(heard []Heard) []map[string]string {
	out := []map[string]string{}
	for i, h := range heard {
		out = append(out, map[string]string{"id": heardName(i, h.Ref), "text": strings.ToValidUTF8(h.Text, "\uFFFD")})
	}
	return out
}

// heardName is the name of a message in the prompt.
func heardName(i int, ref string) string {
	if ref == TitleRef {
		return TitleRef
	}
	return "m" + strconv.Itoa(i+1)
}
