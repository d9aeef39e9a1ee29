package extract

import (
	"strings"

	"tanxu/need"
)

// mark records that a field stays without a value. A refusal is for ever and
// hides a question, so the words must say it, or answer a question about it.
func (g *gate) mark(c cmdSaid, e need.Evidence) {
	k, ok := g.about(c)
	if !ok {
		g.drop(dropField)
		return
	}
	m := Mark{Key: k, Quote: e}
	switch c.Op {
	case "decline":
		m.Status = need.Declined
		ok = refuses(e.Quote) || g.asked(k)
	case "dont_know":
		m.Status = need.Unknown
		ok = ignorant(e.Quote) || nothing(plainText(e.Quote)) || g.asked(k)
	default:
		m.Status = need.Delegated
		who, _, found := g.ground(c.Message, c.Value)
		m.To, ok = who.Quote, found
	}
	if !ok {
		g.drop(dropUnasked)
		return
	}
	m.Row = g.rowID(c)
	g.change(e.Ref, func(r *Reading) { r.Marks = append(r.Marks, m) })
}

// retract takes back what a field holds; there must be something.
func (g *gate) retract(c cmdSaid, e need.Evidence) {
	k, ok := g.about(c)
	if !ok {
		g.drop(dropField)
		return
	}
	m := Mark{Key: k, Row: g.rowID(c), Status: need.Missing, Quote: e, Was: g.statement(k, string(c.Value))}
	if !withdraws(e.Quote) {
		g.drop(dropUnasked)
		return
	}
	if g.in.Need == nil || k == need.KeyIndicator && m.Row == "" || k != need.KeyIndicator && len(g.in.Need.Field(k).Items) == 0 {
		g.drop(dropEmpty)
		return
	}
	g.change(e.Ref, func(r *Reading) { r.Marks = append(r.Marks, m) })
}

// withdraws reports whether words take something back.
func withdraws(quote string) bool {
	return containsAny(quote, "算了", "不算", "收回", "去掉", "拿掉", "划掉", "删", "撤", "取消", "作废", "不要", "不提", "没", "说错", "记错", "弄错", "搞错", "不用", "不是", "不存在", "不对", "放开",
		"take back", "taken back", "drop", "remove", "forget", "delete", "not ")
}

// statement returns the statement on record that the model copied the beginning
// of, "" if there is none such.
func (g *gate) statement(k need.Key, words string) string {
	words = strings.TrimRight(strings.TrimSpace(words), "…")
	if words == "" || g.in.Need == nil {
		return ""
	}
	for _, item := range g.in.Need.Field(k).Items {
		if _, _, ok := Ground(item.Value.Text, words); ok {
			return item.Value.Text
		}
	}
	return ""
}

// about returns the field that a command is about: the one that it names, else
// the one that was asked.
func (g *gate) about(c cmdSaid) (need.Key, bool) {
	if k := need.Key(c.Field); k.Known() {
		return k, true
	}
	if c.Field == "" && len(g.in.Asked.Keys) > 0 {
		return g.in.Asked.Keys[0], true
	}
	return "", false
}

// rowID returns the row that a command names, "" if there is none such.
func (g *gate) rowID(c cmdSaid) string {
	if need.Key(c.Field) != need.KeyIndicator || g.in.Need == nil || g.in.Need.Row(string(c.Row)) == nil {
		return ""
	}
	return string(c.Row)
}

// finish brings the readings into the form that the rules give them: one for
// each message, also for those that hold nothing.
func (g *gate) finish() {
	for _, h := range g.in.Heard {
		ref, r := h.Ref, g.out.Readings[h.Ref]
		r.Model = true
		for _, f := range r.Values {
			if f.Corrects {
				r.Intents = append(r.Intents, Correct)
				break
			}
		}
		g.out.Readings[ref] = r
	}
}

// wordsIn reports whether the words stand in one of the texts, and returns them as
// they were said.
func wordsIn(texts []string, words string) (string, bool) {
	words = strings.TrimSpace(words)
	if words == "" {
		return "", false
	}
	for _, t := range texts {
		if start, end, ok := Ground(t, words); ok {
			return string([]rune(t)[start:end]), true
		}
	}
	return "", false
}
