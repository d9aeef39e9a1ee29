package eval

import (
	"encoding/json"
	"fmt"
	"strings"

	"tanxu/need"
)

// Persona is a contact with a hidden profile, and what a good interview of it
// must leave on record.
type Persona struct {
	ID      string `json:"id"`
	Firm    string `json:"firm"`
	Role    string `json:"role"`
	Kind    string `json:"kind"`
	Chain   string `json:"chain"`
	Cluster string `json:"cluster"`
	Opening string `json:"opening"`
	Facts   []Fact `json:"facts"`
	Gold    Gold   `json:"gold"`
}

// Fact is one thing that a contact can tell.
type Fact struct {
	ID       string `json:"id"`
	Field    string `json:"field"`
	Fact     string `json:"fact"`
	Say      string `json:"say"`
	SayVague string `json:"say_vague"`
	Disclose string `json:"disclose"` // open asked probed unknown never
	To       string `json:"to"`
	Corrects string `json:"corrects"`
}

// Gold is what the record must hold in the end.
type Gold struct {
	Needs    []GoldNeed        `json:"needs"`
	Statuses map[string]string `json:"statuses"`
	Verdict  string            `json:"verdict"`
	// Support names the facts that a value rests on, by its path in Needs.
	Support map[string][]string `json:"support"`
}

// GoldNeed is one need; what the contact does not tell is empty.
type GoldNeed struct {
	Title           string     `json:"title"`
	Problem         string     `json:"problem"`
	Scene           string     `json:"scene"`
	Indicators      []GoldRow  `json:"indicators"`
	Constraints     []string   `json:"constraints"`
	Tried           []string   `json:"tried"`
	Foundation      []string   `json:"foundation"`
	Deadline        string     `json:"deadline"`
	Budget          *GoldMoney `json:"budget"`
	CoopMode        string     `json:"coop_mode"`
	IPTerms         string     `json:"ip_terms"`
	Confidentiality string     `json:"confidentiality"`
	NeedType        string     `json:"need_type"`
}

// GoldRow is one row of indicators.
type GoldRow struct {
	Name      string `json:"name"`
	Current   string `json:"current"`
	Op        string `json:"op"`
	Target    string `json:"target"`
	Unit      string `json:"unit"`
	Condition string `json:"condition"`
}

// GoldMoney is an amount in 万元.
type GoldMoney struct {
	Min float64 `json:"min"`
	Max float64 `json:"max"`
}

// ReadPersonas reads a file of personas, in the long form or in the short one.
func ReadPersonas(data []byte) ([]Persona, error) {
	var raw []json.RawMessage
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, need.Errorf(need.Invalid, "personas", "read personas: %w", err)
	}
	people := make([]Persona, len(raw))
	for i, r := range raw {
		if err := json.Unmarshal(r, &people[i]); err != nil {
			return nil, need.Errorf(need.Invalid, "personas", "read persona %d: %w", i+1, err)
		}
		if people[i].Opening != "" {
			continue
		}
		var s shortPersona
		if err := json.Unmarshal(r, &s); err != nil {
			return nil, need.Errorf(need.Invalid, "personas", "read persona %d: %w", i+1, err)
		}
		people[i].Opening, people[i].Facts, people[i].Gold = s.Say, s.facts(), s.gold()
	}
	return people, nil
}

// shortPersona is the short form: an opening, hidden facts in one line, and the
// rows of indicators as lists.
type shortPersona struct {
	Say     string     `json:"say"`
	Hid     string     `json:"hid"`
	Title   string     `json:"title"`
	Ind     [][]string `json:"ind"`
	Budget  *float64   `json:"budget"`
	Due     *string    `json:"due"`
	IP      *string    `json:"ip"`
	Mode    *string    `json:"mode"`
	Verdict string     `json:"verdict"`
}

func (s shortPersona) facts() []Fact {
	facts := []Fact{{ID: "open", Field: "problem", Say: s.Say, Fact: s.Say, Disclose: "open"}}
	add := func(field, say, disclose string) {
		facts = append(facts, Fact{ID: fmt.Sprintf("f%d", len(facts)), Field: field, Say: say, Fact: say, Disclose: disclose})
	}
	for _, hidden := range strings.FieldsFunc(s.Hid, func(r rune) bool { return r == '；' || r == ';' }) {
		add(fieldOfHint(hidden), hidden+"。", "asked")
	}
	for _, row := range s.Ind {
		if len(row) < 5 {
			continue
		}
		target := strings.NewReplacer("≥", "不低于", "≤", "不超过").Replace(row[2])
		now := "现在" + row[1] + row[3]
		if row[1] == "待测" {
			now = "现在还没测"
		}
		add("indicator", fmt.Sprintf("%s%s，要%s%s，%s。", row[0], now, target, row[3], row[4]), "asked")
	}
	for field, say := range map[string]string{"deadline": text(s.Due), "coop_mode": text(s.Mode), "ip_terms": ipWords(text(s.IP))} {
		if say != "" {
			add(field, say+"。", "asked")
		}
	}
	if s.Budget != nil {
		add("budget", fmt.Sprintf("预算%g万元。", *s.Budget), "asked")
	}
	return facts
}

func text(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

func ipWords(code string) string {
	switch code {
	case "企业":
		return "归我们企业"
	case "共有":
		return "双方共有"
	default:
		return code
	}
}

// fieldOfHint guesses which field a hidden fact of the short form belongs to.
func fieldOfHint(s string) string {
	for _, hint := range []struct{ words, field string }{
		{"试过 换过 掉到 掉三成 掉维", "tried"}, {"怀疑 原因 波动", "root_cause"}, {"可提供 有中试 愿签", "foundation"},
		{"不改 不能 要小 限值", "constraint"}, {"合格率 漏检 开裂 丢单 痛点", "problem"},
	} {
		for _, w := range strings.Fields(hint.words) {
			if strings.Contains(s, w) {
				return hint.field
			}
		}
	}
	return "scene"
}

func (s shortPersona) gold() Gold {
	n := GoldNeed{Title: s.Title, Problem: s.Say, Deadline: isoMonths(text(s.Due)), CoopMode: text(s.Mode), IPTerms: text(s.IP)}
	if s.Budget != nil {
		n.Budget = &GoldMoney{Min: *s.Budget, Max: *s.Budget}
	}
	for _, row := range s.Ind {
		if len(row) < 5 {
			continue
		}
		r := GoldRow{Name: row[0], Current: row[1], Target: row[2], Unit: row[3], Condition: row[4]}
		for _, op := range []string{"≥", "≤", "±"} {
			if t, ok := strings.CutPrefix(r.Target, op); ok {
				r.Op, r.Target = op, t
				break
			}
		}
		n.Indicators = append(n.Indicators, r)
	}
	return Gold{Needs: []GoldNeed{n}, Verdict: s.Verdict}
}

// isoMonths reads "18个月" as P18M.
func isoMonths(s string) string {
	if n, ok := strings.CutSuffix(s, "个月"); ok {
		return "P" + n + "M"
	}
	return s
}
