package interview

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tanxu/extract"
	"tanxu/need"
)

// mark notes that a field, or a row, stays without a value. What the contact
// did say of the field stays; then it is only not asked again.
func (t *turn) mark(n *need.Need, mark extract.Mark, m Message) {
	keys := []need.Key{mark.Key}
	if mark.Key == "" {
		keys = t.asked.Keys
	}
	if mark.Quote.Ref != "" && !grounded(m, []need.Evidence{mark.Quote}) {
		t.drop(n, m, "mark without its words")
		return
	}
	if mark.Status == need.Missing {
		t.takeBack(n, mark, m)
		return
	}
	mark.Status = t.hesitant(mark, m)
	for _, k := range keys {
		if !k.Known() {
			continue
		}
		if row := n.Row(cmp.Or(mark.Row, rowOf(t.asked.ID))); k == need.KeyIndicator && row != nil {
			t.markRow(n, *row, mark, m)
			continue
		}
		t.markField(n, k, mark, m)
	}
}

// hesitant takes "说不太清" at a first question for a vague answer: a second
// wording often helps. At the second it is a plain don't-know.
func (t *turn) hesitant(mark extract.Mark, m Message) need.FieldStatus {
	words := cmp.Or(mark.Quote.Quote, m.Text)
	unsure := containsAny(words, "一下", "一时", "说不太清", "说不清", "说不好", "不好说", "说不上来", "hard to say", "off hand")
	switch {
	case mark.To != "" || t.first || !unsure:
		return mark.Status
	case mark.Status == need.Vague && t.asked.Probe && hesitation(m.Text):
		return need.Unknown
	case mark.Status == need.Unknown && !t.asked.Probe:
		return need.Vague
	default:
		return mark.Status
	}
}

func (t *turn) markField(n *need.Need, k need.Key, mark extract.Mark, m Message) {
	f := n.Field(k)
	if rows := t.rowsWithoutToday(n, k, mark, m); len(rows) > 0 {
		for _, row := range rows {
			t.markRow(n, *row, mark, m)
		}
		return
	}
	if k == need.KeyIndicator && mark.Status == need.Vague && len(n.Indicators) > 0 {
		return // the rows stand
	}
	if k == need.KeyIndicator && mark.Status != need.Vague && (len(n.Indicators) > 0 || mark.To != "") {
		t.newMarkedRow(n, mark, m)
		return
	}
	switch {
	case len(f.Items) == 0:
	case mark.Status == need.Vague:
		if f.Status == need.Filled && slices.Contains(t.asked.Keys, k) && f.Items[len(f.Items)-1].Evidence[0].Ref == ref(m.ID) {
			break // what was just said is itself vague: keep it, and probe
		}
		return
	default:
		t.remark(n, k, mark, m)
		return
	}
	if f.Status == need.Declined && mark.Status != need.Declined {
		return // a refusal stands
	}
	t.emit(need.Event{
		Kind: need.FieldMarked, By: need.Contact, Need: n.ID, Message: m.ID, Key: k,
		Status: mark.Status, Note: bare(m.Text), To: mark.To,
	})
	t.changed = append(t.changed, string(k))
	t.markAck(t.guide.Label(k, t.lang()), mark)
	if mark.Status == need.Unknown || mark.Status == need.Delegated {
		t.offerEngineer(k)
	}
}

// remark notes a mark on a field that has values: they stay, and the field is
// not asked again. Rows of indicators are asked on unless they were refused.
func (t *turn) remark(n *need.Need, k need.Key, mark extract.Mark, m Message) {
	e := need.Event{Kind: need.Noted, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Note: string(mark.Status) + ": " + mark.Quote.Quote, To: mark.To}
	if k == need.KeyIndicator && mark.Status != need.Declined {
		e.Key = ""
	}
	t.emit(e)
	if mark.Status == need.Unknown || mark.Status == need.Declined {
		t.acks = append(t.acks, t.text("ack_enough"))
		return
	}
	t.markAck(t.guide.Label(k, t.lang()), mark)
}

// sentenceAt is the sentence that a quote ends, from the last full stop before it.
func sentenceAt(m Message, quote need.Evidence) string {
	text := []rune(m.Text)
	if quote.Ref == "" || quote.End > len(text) {
		return quote.Quote
	}
	start := quote.Start
	for start > 0 && !strings.ContainsRune("。！!；;\n", text[start-1]) {
		start--
	}
	return string(text[start:quote.End])
}

func (t *turn) markAck(label string, mark extract.Mark) {
	switch mark.Status {
	case need.Declined:
		t.acks = append(t.acks, t.text("ack_declined", "label", label))
	case need.Unknown:
		key := "ack_unknown"
		if nothingMore(mark.Quote.Quote) && mark.Key != need.KeyScene && mark.Key != need.KeyProblem {
			key = "ack_none"
		}
		t.acks = append(t.acks, t.text(key, "label", label))
	case need.Delegated:
		t.acks = append(t.acks, t.text("ack_delegated", "label", label, "to", line(mark.To)))
	}
}

func (t *turn) markRow(n *need.Need, row need.Indicator, mark extract.Mark, m Message) {
	if withoutToday(row, mark, t.asked.ID) {
		row.CurrentStatus, row.To = mark.Status, mark.To
		row.Evidence = append(slices.Clone(row.Evidence), quoted(m, mark.Quote)...)
		t.setRow(n, m, row, "today's value: "+string(mark.Status))
		t.markAck(row.Name, mark)
		return
	}
	if row.Current != nil || row.Target != nil {
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: n.ID, Message: m.ID, Note: string(mark.Status) + " (" + row.Name + "): " + mark.Quote.Quote, To: mark.To})
		t.markAck(row.Name, mark)
		return
	}
	row.Status, row.To = mark.Status, mark.To
	t.setRow(n, m, row, "")
	t.markAck(row.Name, mark)
}

// withoutToday reports whether a mark on a row with a target is about its value
// of today, and not about what it was asked for else.
func withoutToday(row need.Indicator, mark extract.Mark, question string) bool {
	kind, _, _ := strings.Cut(question, ":")
	other := kind == "indicator.condition" || kind == "indicator.unit" || kind == "indicator.target"
	return row.Target != nil && row.Current == nil && mark.Status != need.Vague && mark.Status != need.Missing && !other
}

// rowsWithoutToday are the rows that a remark on today's value, made when no
// single row was asked about, speaks of: those that it names, else all that wait
// for one.
func (t *turn) rowsWithoutToday(n *need.Need, k need.Key, mark extract.Mark, m Message) []*need.Indicator {
	const near = 0.5
	words := sentenceAt(m, mark.Quote)
	if k != need.KeyIndicator || !containsAny(words, "现在", "目前", "现状", "今天", "today", "now", "current") {
		return nil
	}
	var named, waiting []*need.Indicator
	for _, row := range n.Indicators {
		if !withoutToday(*row, mark, t.asked.ID) || row.CurrentStatus != "" {
			continue
		}
		waiting = append(waiting, row)
		if overlap(row.Name, words) >= near {
			named = append(named, row)
		}
	}
	if len(named) > 0 {
		return named
	}
	return waiting
}

// quoted is a quote as evidence, if it stands in the message.
func quoted(m Message, quote need.Evidence) []need.Evidence {
	if list := []need.Evidence{quote}; grounded(m, list) {
		return list
	}
	return nil
}

// newMarkedRow keeps a quantity that matters but that somebody else has to
// measure: "残余应力没测过，得问聂师傅".
func (t *turn) newMarkedRow(n *need.Need, mark extract.Mark, m Message) {
	name := quantityName(sentenceAt(m, mark.Quote))
	if name == "" || mark.Quote.Ref == "" {
		t.remark(n, need.KeyIndicator, mark, m)
		return
	}
	found := need.Indicator{Name: name, Status: mark.Status, To: mark.To, Evidence: []need.Evidence{mark.Quote}}
	if old := t.sameRow(n, &found); old != nil {
		t.markRow(n, *old, mark, m)
		return
	}
	found.ID = "i" + strconv.Itoa(len(n.Indicators)+1)
	t.setRow(n, m, found, "")
	t.markAck(name, mark)
}

// quantityName is what stands before "没测过" and the like, "" if nothing does.
func quantityName(quote string) string {
	cutAt := len(quote)
	for _, sign := range []string{
		"没测", "没有测", "没数", "没有数", "还没", "没量", "没人", "没有", "没", "不知道", "不清楚", "不太清楚", "不懂", "说不",
		"要问", "得问", "你问", "问", "现在", "，", "？", "?", " ", "\n", "。",
	} {
		if i := strings.Index(quote, sign); i >= 0 && i < cutAt {
			cutAt = i
		}
	}
	name := strings.TrimSuffix(strings.TrimSuffix(line(quote[:cutAt]), "这个"), "的")
	for _, p := range []string{"至于", "关于", "还有", "另外", "那个"} {
		name = strings.TrimPrefix(name, p)
	}
	if n := utf8.RuneCountInString(name); n < 3 || n > 16 || containsAny(name, "我", "你", "他", "它") {
		return ""
	}
	return name
}

// answerWho keeps who knows what the contact does not.
func (t *turn) answerWho(m Message, r extract.Reading) {
	n := t.active()
	k := t.asked.Keys[0]
	to := ""
	for _, mark := range r.Marks {
		to = cmp.Or(to, mark.To)
	}
	if len(r.Values)+len(r.Rows) > 0 {
		t.take(m, r)
		return
	}
	words := line(bare(m.Text))
	marked := slices.ContainsFunc(r.Marks, func(x extract.Mark) bool { return x.Status != need.Vague }) // a name alone reads as vague
	if to == "" && len([]rune(words)) <= 20 && !marked && !has(r, extract.No) && !has(r, extract.GoOn) && !tells(words) {
		to = words
	}
	if to != "" && n.Field(k).Status == need.Unknown {
		t.emit(need.Event{
			Kind: need.FieldMarked, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Status: need.Delegated, Note: bare(m.Text), To: to,
		})
		t.markAck(t.guide.Label(k, t.lang()), extract.Mark{Status: need.Delegated, To: to})
		return
	}
	if to == "" && (tells(words) || !marked && len([]rune(words)) > 20) {
		t.toldInstead(m)
	}
}

// tells reports whether an answer to who would know tells of the matter itself:
// "换过两家粉末，都不行".
func tells(words string) bool {
	return containsAny(words, "过", "不行", "没效果", "没用", "没改善", "还是", "都不")
}

// toldInstead reads what a contact tells in place of a name as if nothing had
// been asked. What no field takes is noted, so that the broker sees it.
func (t *turn) toldInstead(m Message) {
	before := len(t.events)
	t.asked = Question{}
	t.take(m, t.reading(m))
	kept := slices.ContainsFunc(t.events[before:], func(e need.Event) bool {
		return e.Kind == need.ValueSet || e.Kind == need.RowSet || e.Kind == need.FieldMarked
	})
	if !kept {
		t.emit(need.Event{Kind: need.Noted, By: need.Contact, Need: t.s.Active, Message: m.ID, Note: "unplaced: " + line(m.Text)})
	}
}
