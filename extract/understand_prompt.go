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
	recentUtterances = 3 // the question that is answered is one of them
	recentRunes      = 60
	askedRunes       = 60 // the question stands at the end of what we said
	stateRunes       = 16 // enough to know a statement again
)

// promptVars are those of our variables that a prompt declares. All that people
// wrote goes in as data.
func promptVars(in UnderstandInput, declared map[string]prompts.Type) map[string]any {
	vars := map[string]any{
		"today":    today(in.Now),
		"codes":    promptCodes(),
		"state":    promptState(in),
		"asked":    promptAsked(in.Asked),
		"recent":   promptRecent(in.Recent, in.Asked.Text),
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

// promptCodes lists them without the marks of JSON, which cost tokens.
func promptCodes() string {
	var all []string
	for _, k := range coded() {
		all = append(all, string(k)+" "+strings.Join(k.Codes(), "/"))
	}
	return strings.Join(all, "；")
}

type (
	stateData struct {
		Fields map[need.Key]any  `json:"fields,omitempty"` // texts, or the status of a field without a value
		Rows   []rowData         `json:"rows,omitempty"`
		Needs  map[string]string `json:"needs,omitempty"` // titles by name
	}
	rowData struct {
		Row       string `json:"row"`
		Name      string `json:"name"`
		Current   string `json:"current,omitempty"`
		Target    string `json:"target,omitempty"`
		Unit      string `json:"unit,omitempty"`
		Condition string `json:"condition,omitempty"`
	}
)

// promptState restates all that is recorded, each statement by its beginning:
// models lose what was said turns ago, and have to know it again, no more.
func promptState(in UnderstandInput) stateData {
	out := stateData{Fields: map[need.Key]any{}, Needs: map[string]string{}}
	for i, n := range in.Parked {
		out.Needs[parkedName(i)] = clipRunes(n.Title, stateRunes)
	}
	if in.Need == nil {
		return out
	}
	for k, f := range in.Need.Fields {
		switch {
		case f == nil || f.Status == need.Missing || f.Status == "":
		case len(f.Items) == 0:
			out.Fields[k] = f.Status
		default:
			var texts []string
			for _, item := range f.Items {
				texts = append(texts, clipRunes(valueText(item.Value), stateRunes))
			}
			out.Fields[k] = texts
		}
	}
	for _, r := range in.Need.Indicators {
		target := quantityText(r.Target)
		if !strings.HasPrefix(target, string(r.Op)) {
			target = string(r.Op) + target
		}
		out.Rows = append(out.Rows, rowData{
			Row: r.ID, Name: r.Name, Current: quantityText(r.Current), Target: target,
			Unit: r.Unit, Condition: clipRunes(r.Condition+r.Method, stateRunes),
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
	case v.Money != nil && v.Money.Max == 0:
		return "≥" + strconv.FormatFloat(v.Money.Min, 'f', -1, 64) + v.Money.Unit
	case v.Money != nil && v.Money.Min == 0:
		return "≤" + strconv.FormatFloat(v.Money.Max, 'f', -1, 64) + v.Money.Unit
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

// promptAsked is the question that is answered; its end is what asks.
func promptAsked(a AskedBefore) map[string]any {
	out := map[string]any{"text": a.Text}
	if r := []rune(a.Text); len(r) > askedRunes {
		out["text"] = "…" + string(r[len(r)-askedRunes:])
	}
	if len(a.Keys) > 0 {
		out["fields"] = a.Keys
	}
	if a.Row != "" {
		out["row"] = a.Row
	}
	return out
}

// promptRecent is what was said before the question that is answered.
func promptRecent(all []Utterance, asked string) []map[string]string {
	out := []map[string]string{}
	for i, u := range all[max(0, len(all)-recentUtterances):] {
		who := "bot"
		switch {
		case u.Contact:
			who = "contact"
		case u.Text == asked && i == min(len(all), recentUtterances)-1:
			continue
		}
		out = append(out, map[string]string{who: clipRunes(u.Text, recentRunes)})
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
