package interview

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// correctLine takes a correction of one line of the card.
func (t *turn) correctLine(n *need.Need, m Message, key string) {
	k, asked := need.Key(key), strings.HasPrefix(t.asked.ID, "line:")
	c := t.context(m, []need.Key{k})
	if id, ok := strings.CutPrefix(key, "indicator:"); ok {
		k, c.Asked, c.Row = need.KeyIndicator, []need.Key{need.KeyIndicator}, n.Row(id)
		t.asked = Question{ID: "indicator.target:" + id, Need: n.ID, Keys: c.Asked}
	} else {
		t.asked = Question{ID: key + ".again", Need: n.ID, Keys: c.Asked}
	}
	tail := tailOf(m)
	before := len(t.changed)
	r := shifted(t.read.Read(string([]rune(m.Text)[tail.start:tail.end]), c), tail.start)
	r.Intents = append(r.Intents, extract.Correct)
	if k.Shape() <= need.List && key != "title" {
		t.replaceText(n, m, k, tail)
	} else {
		t.take(m, r)
	}
	if key == "title" && tail.start < tail.end {
		t.emit(need.Event{Kind: need.TitleSet, By: need.Contact, Need: n.ID, Message: m.ID, Note: cut(line(string([]rune(m.Text)[tail.start:tail.end])), maxTitle)})
		t.changed = append(t.changed, "title")
	}
	if len(t.changed) == before && !asked {
		t.askLine(key, k)
	}
}

// replaceText puts the words of a correction in the place of a text.
func (t *turn) replaceText(n *need.Need, m Message, k need.Key, s span) {
	if s.start >= s.end {
		return
	}
	item := need.Item{Evidence: []need.Evidence{evidence(m, []rune(m.Text), s)}}
	item.Value.Text = item.Evidence[0].Quote
	t.replaceItem(n, need.Event{
		Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Item: &item, Checks: need.Checks{Aligned: true},
	})
}

// shifted moves the evidence of a reading of the tail of a message to where it
// stands in the whole.
func shifted(r extract.Reading, by int) extract.Reading {
	move := func(list []need.Evidence) []need.Evidence {
		out := slices.Clone(list)
		for i := range out {
			out[i].Start += by
			out[i].End += by
		}
		return out
	}
	for i := range r.Values {
		r.Values[i].Item.Evidence = move(r.Values[i].Item.Evidence)
	}
	for i := range r.Rows {
		r.Rows[i].Row.Evidence = move(r.Rows[i].Row.Evidence)
	}
	for i := range r.Marks {
		r.Marks[i].Quote.Start += by
		r.Marks[i].Quote.End += by
	}
	return r
}

// lineOf finds the line of the card that a message speaks of: by number, or by
// its label with a verb of change.
func (t *turn) lineOf(n *need.Need, text string) string {
	lines := t.card(n, t.shown()).Lines
	number := regexp.MustCompile(`第\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[条行项]|line\s+(\d{1,2})`)
	if m := number.FindStringSubmatch(strings.ToLower(text)); m != nil {
		if i := ordinal(cmp.Or(m[1], m[2])); i >= 1 && i <= len(lines) {
			return lines[i-1].Key
		}
	}
	if !containsAny(text, "改为", "改成", "改到", "应该是", "应为", "应当是", "不对", "有误", "错了", "不准", "should be", "change", "wrong") {
		return ""
	}
	for _, l := range lines {
		if strings.Contains(strings.ToLower(text), strings.ToLower(l.Label)) && !strings.HasPrefix(l.Key, "indicator:") {
			return l.Key
		}
		if name, _, ok := strings.Cut(l.Value, t.colon()); ok && strings.HasPrefix(l.Key, "indicator:") && strings.Contains(text, name) {
			return l.Key
		}
	}
	return ""
}

// shown are the keys of the card that was shown last, nil for the whole card.
func (t *turn) shown() []string {
	for _, q := range slices.Backward(t.s.Asked) {
		if q.ID == "readback" {
			return nil
		}
		if keys, ok := strings.CutPrefix(q.ID, "readback:"); ok {
			return strings.Split(keys, ",")
		}
	}
	return nil
}

// tailOf is what stands behind "改为" and the like, the whole text if none does.
func tailOf(m Message) span {
	text := []rune(m.Text)
	verb := regexp.MustCompile(`(?i)改为|改成|改到|应该是|应当是|应为|(?:不对|错了|有误|不准)[，,。]?\s*(?:应该)?是?|[条行项][，,]?\s*是|should be|change (it )?to`)
	s := span{0, len(text)}
	if at := verb.FindStringIndex(m.Text); at != nil {
		s.start = len([]rune(m.Text[:at[1]]))
	}
	s = trim(text, s)
	for s.start < s.end && strings.ContainsRune("：:，,“\"", text[s.start]) {
		s.start++
	}
	for s.start < s.end && strings.ContainsRune("。.！”\"", text[s.end-1]) {
		s.end--
	}
	return trim(text, s)
}

func ordinal(s string) int {
	if n, err := strconv.Atoi(strings.Map(func(r rune) rune {
		if r >= '０' && r <= '９' {
			return r - '０' + '0'
		}
		return r
	}, s)); err == nil {
		return n
	}
	n := 0
	for _, r := range s {
		d := strings.IndexRune("一二三四五六七八九", r)
		switch {
		case r == '十' && n == 0:
			n = 10
		case r == '十':
			n *= 10
		default:
			n += d/len("一") + 1
		}
	}
	return n
}

// askLine asks for the right words of one line.
func (t *turn) askLine(key string, k need.Key) {
	label := t.guide.Label(k, t.lang())
	if key == "title" {
		label = t.text("line_title")
	}
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: "line:" + key})
	t.flush(t.text("ask_line", "label", label))
	t.quiet = true
}

// askFix asks which line is wrong.
func (t *turn) askFix() {
	t.emit(need.Event{Kind: need.Asked, Need: t.s.Active, Note: "fix"})
	t.flush(t.text("ask_fix"))
	t.quiet = true
}
