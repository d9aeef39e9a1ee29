package extract

import (
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"tanxu/need"
)

// Bounds of a statement, in runes: shorter says nothing, longer is a message.
const (
	minStatement = 2
	maxStatement = 500
)

// maxNeeds bounds the other needs that one turn starts.
const maxNeeds = 4

// gate lets through what the words of the contact bear, and counts the rest.
type gate struct {
	in   UnderstandInput
	out  *Understood
	text []*text // of the new messages, what speaks to the machine blanked
}

func newGate(in UnderstandInput, out *Understood) *gate {
	g := &gate{in: in, out: out}
	for _, h := range in.Heard {
		t := newText(h.Text, h.Ref)
		t.hideInjections()
		g.text = append(g.text, t)
	}
	return g
}

func (g *gate) drop(reason string) { g.out.Dropped[reason]++ }

// change applies f to the reading of one message.
func (g *gate) change(ref string, f func(*Reading)) {
	r := g.out.Readings[ref]
	f(&r)
	g.out.Readings[ref] = r
}

// ground finds a quote in the message that the model names, else in any other
// new one, the newest first.
func (g *gate) ground(message, quote loose) (e need.Evidence, at int, ok bool) {
	order := make([]int, 0, len(g.text)+1)
	for i := range g.text {
		if heardName(i, g.in.Heard[i].Ref) == string(message) {
			order = append(order, i)
		}
	}
	for i := len(g.text) - 1; i >= 0; i-- {
		order = append(order, i)
	}
	for _, i := range order {
		if e, ok := g.groundIn(i, string(quote)); ok {
			return e, i, true
		}
	}
	return need.Evidence{}, 0, false
}

func (g *gate) groundIn(i int, quote string) (need.Evidence, bool) {
	t := g.text[i]
	start, end, ok := Ground(string(t.runes), quote)
	if !ok {
		return need.Evidence{}, false
	}
	at := wholeNumbers(t.runes, span{start, end})
	return need.Evidence{Ref: t.ref, Start: at.start, End: at.end, Quote: t.original(at)}, !t.hid(at)
}

// hid reports whether a span holds words that were blanked.
func (t *text) hid(s span) bool {
	return t.before != nil && string(t.before[s.start:s.end]) != string(t.runes[s.start:s.end])
}

// lost says why a quote was not found: it may be one that speaks to the machine.
func (g *gate) lost(quote loose) string {
	for _, h := range g.in.Heard {
		if _, _, ok := Ground(h.Text, string(quote)); ok {
			return dropInjected
		}
	}
	return dropUngrounded
}

// command carries out one command, or drops it.
func (g *gate) command(c cmdSaid) {
	op := string(c.Op)
	e, at, ok := g.ground(c.Message, c.Quote)
	if op == "none" {
		if ok && wholeOf(g.in.Heard[at].Text, e) {
			g.intend(e.Ref, GoOn) // "嗯嗯 好的" is no answer
		}
		return
	}
	if !ok {
		g.drop(g.lost(c.Quote))
		return
	}
	switch op {
	case "set", "correct":
		g.set(c, e, at, op == "correct")
	case "retract":
		g.retract(c, e)
	case "decline", "dont_know", "delegate":
		g.mark(c, e)
	case "start_need":
		g.intend(e.Ref, NewNeed)
		if len(g.out.NewNeeds) < maxNeeds && !slices.Contains(g.out.NewNeeds, e) {
			g.out.NewNeeds = append(g.out.NewNeeds, e)
		}
	case "switch_need":
		g.switchNeed(c)
	case "ask_bot":
		if !questioning(e.Quote) {
			g.drop(dropUnasked)
			return
		}
		g.intend(e.Ref, AskBot)
	case "chitchat":
		g.intend(e.Ref, Chitchat)
	case "want_human":
		g.intend(e.Ref, Human)
	case "finish":
		g.intend(e.Ref, Finish)
	default:
		g.drop(dropOp)
	}
}

// questioning reports whether words can be a question to us, or a wish.
func questioning(quote string) bool {
	return containsAny(quote, "帮我", "帮忙", "麻烦", "请你", "请您", "你们", "发我", "发给我", "告诉我", "能否", "？", "?", "吗", "呢", "什么", "怎么", "咋", "多少", "多久", "几", "谁", "哪", "为啥", "能不能", "可不可以", "是不是", "有没有")
}

// wholeOf reports whether a quote is, but for what stands around it, all of a text.
func wholeOf(text string, e need.Evidence) bool {
	return plainText(text) == plainText(e.Quote)
}

func (g *gate) intend(ref string, i Intent) {
	g.change(ref, func(r *Reading) { r.Intents = append(r.Intents, i) })
}

func (g *gate) switchNeed(c cmdSaid) {
	for i, n := range g.in.Parked {
		if parkedName(i) == string(c.Value) {
			g.out.Switch = n.ID
			return
		}
	}
	g.drop(dropNeed)
}

// set records a value of a field, read by code from the quote.
func (g *gate) set(c cmdSaid, e need.Evidence, at int, corrects bool) {
	k := need.Key(c.Field)
	asked := g.asked(k)
	f := Found{Key: k, Corrects: corrects, Item: need.Item{Evidence: []need.Evidence{e}}, Checks: need.Checks{Aligned: true}}
	switch {
	case !k.Known() || k == need.KeyIndicator:
		g.drop(dropField)
		return
	case k.Shape() == need.Text, k.Shape() == need.List:
		if n := utf8.RuneCountInString(strings.TrimSpace(e.Quote)); n < minStatement || n > maxStatement {
			g.drop(dropEmpty)
			return
		}
		f.Item.Value.Text = e.Quote
		if corrects {
			f.Was = g.statement(k, string(c.Value))
		}
	case k.Shape() == need.Cash:
		if !g.money(&f, e, asked) {
			return
		}
	case k.Shape() == need.Date:
		when, ok := deadlineIn(e.Quote, g.in.Now)
		if !ok {
			g.vague(k, e, asked)
			return
		}
		f.Item.Value.Deadline, f.Checks.Rule = &when, true
	case k.Shape() == need.Code:
		if !g.code(&f, string(c.Value), e, asked) {
			return
		}
	}
	f.Checks.Agree = agrees(g.in.Heard[at].Rules, f)
	g.add(e.Ref, f)
}

func (g *gate) add(ref string, f Found) {
	for _, old := range g.out.Readings[ref].Values {
		if old.Key == f.Key && old.Item.Evidence[0] == f.Item.Evidence[0] {
			g.drop(dropTwice)
			return
		}
	}
	g.change(ref, func(r *Reading) { r.Values = append(r.Values, f) })
}

// vague notes that an answer holds no value that code can read; where nobody
// asked, such words are none about the field.
func (g *gate) vague(k need.Key, e need.Evidence, asked bool) {
	if !asked {
		g.drop(dropNumber)
		return
	}
	g.change(e.Ref, func(r *Reading) { r.Marks = append(r.Marks, Mark{Key: k, Status: need.Vague, Quote: e}) })
}

// money reads the amount; it reports whether there is one that is a budget.
func (g *gate) money(f *Found, e need.Evidence, asked bool) bool {
	speaks := containsAny(e.Quote, "万", "亿", "元", "块", "钱", "预算", "投入", "yuan", "budget")
	amounts := need.Amounts(e.Quote, asked || speaks)
	if len(amounts) == 0 {
		g.vague(f.Key, e, asked)
		return false
	}
	for _, a := range amounts {
		if a.Role != need.MoneySpent && a.Role != need.MoneyOther {
			m := a.Money
			f.Item.Value.Money, f.Checks.Rule = &m, true
			return true
		}
	}
	g.drop(dropMoney)
	return false
}

func deadlineIn(quote string, now time.Time) (need.Deadline, bool) {
	all := need.Deadlines(quote, now)
	for _, w := range all {
		if w.Limit {
			return w.Deadline, true
		}
	}
	if len(all) == 0 {
		return need.Deadline{}, false
	}
	return all[0].Deadline, true
}

// code takes a code that the words say, wholly or by half, or that answers a
// question about it. Any other is an inference: suggested, and never a value.
func (g *gate) code(f *Found, value string, e need.Evidence, asked bool) bool {
	read, _, _, ok := need.ReadCode(f.Key, e.Quote)
	if ok {
		f.Item.Value.Text, f.Checks.Rule = read, true
		return true
	}
	known := false
	for _, code := range f.Key.Codes() {
		known = known || code == value
	}
	switch {
	case !known:
		g.drop(dropCode)
	case asked, halfSaid(value, e.Quote):
		f.Item.Value.Text = value
		return true
	default:
		g.change(e.Ref, func(r *Reading) {
			if r.Suggested == nil {
				r.Suggested = map[need.Key]need.Suggestion{}
			}
			r.Suggested[f.Key] = need.Suggestion{Value: value, Why: e.Quote}
		})
	}
	return false
}

// halfSaid reports whether half of the characters of a code stand in the quote.
func halfSaid(code, quote string) bool {
	said := 0
	for _, r := range code {
		if strings.ContainsRune(quote, r) {
			said++
		}
	}
	return 2*said >= utf8.RuneCountInString(code)
}

func (g *gate) asked(k need.Key) bool {
	for _, a := range g.in.Asked.Keys {
		if a == k {
			return true
		}
	}
	return false
}

// agrees reports whether the rules have read the same from the same words.
func agrees(rules Reading, f Found) bool {
	for _, r := range rules.Values {
		if r.Key == f.Key && overlaps(r.Item.Evidence, f.Item.Evidence) && sameValue(r.Item.Value, f.Item.Value) {
			return true
		}
	}
	return false
}

// sameValue compares typed values; texts that rest on the same words are the same.
func sameValue(a, b need.Value) bool {
	switch {
	case a.Money != nil && b.Money != nil:
		return *a.Money == *b.Money
	case a.Deadline != nil && b.Deadline != nil:
		return a.Deadline.ISO == b.Deadline.ISO
	default:
		return a.Money == nil && b.Money == nil && a.Deadline == nil && b.Deadline == nil
	}
}

func overlaps(a, b []need.Evidence) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Ref == y.Ref && x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}
