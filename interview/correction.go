package interview

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"tanxu/need"
)

// correction is what a message says about one line of the card.
type correction struct {
	key   string // of the line
	tail  span   // the words behind the label and the verb
	drops bool   // the line, or the words of the tail in it, are to go
	adds  bool   // the words come to what stands there
}

var (
	opener  = regexp.MustCompile(`(?i)^(?:[\s，,。“"]|请|麻烦|帮忙|帮我|不对|还有|另外|嗯|哦|补充一下|把|将|please|the|change)*`)
	number  = regexp.MustCompile(`(?i)^(?:第\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[条行项点，,：:、]|([0-9０-９]{1,2})(?:\s*[条项、：:]|[.．]\s)|line\s+(\d{1,2}))`)
	numbers = regexp.MustCompile(`第?\s*([0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})\s*[条行项点]?`)
	between = regexp.MustCompile(`第|[条行项]|[\s，,、。]|请|把|将|和|跟|与|及|都|去掉|删掉|删除|删了|删|不要|拿掉|划掉|了|吧`)
	linker  = regexp.MustCompile(`^(?:\s|，|,|的|那条|这条|那一条|这一条|那项|这项|那一项|这一项|一栏|这里|那里|里面|里|中)*`)
	erases  = regexp.MustCompile(`(?i)^(?:[\s，,]|都|全部|整条|给我)*(?:去掉|删掉|删除|删了|删去|拿掉|划掉|remove|delete|drop)\s*`)
	erased  = regexp.MustCompile(`(?i)(?:[\s，,。]|都|给|那句话?|这句话?|那一句|这一句|那段|的部分|去掉|删掉|删除|删了|删去|删|拿掉|划掉|取消|不要|不用|了|吧|remove it|delete it)+$`)
	sets    = regexp.MustCompile(`(?i)^(?:(?:写的?|记的?)?(?:不对|错了|有误|不准)[，,。\s]*)?(?:请?(?:改为|改成|改到)|应该?(?:是|为)|应当(?:是|为)|就是|是|[：:]|should be|is|to)[：:，,\s]*`)
	grows   = regexp.MustCompile(`^[，,]?(?:再|还要|还)?(?:加上|加一条|补充一条|补充|增加|加)[：:，,\s]*`)
	wrongs  = regexp.MustCompile(`(?i)^(?:写的?|记的?)?(?:不对|错了|有误|不准|要改|改一下|is wrong)[，,。：\s]*(?:应该|应当)?[是为]?[：:\s]*`)
	inside  = regexp.MustCompile(`(?i)改为|改成|改到|应该是|应当是|应为|不对|有误|错了|should be`)
)

// correction finds the line of the card that a message speaks of, by number,
// label or the name of a row, and what is to become of it. It reports whether
// there is one; of words that are to go, and stand in no line or in several, the
// key stays "".
func (t *turn) correction(n *need.Need, m Message) (correction, bool) {
	start := len(opener.FindString(m.Text))
	removes := erases.FindString(m.Text[start:])
	at := start + len(removes)
	key, end := t.label(n, m.Text[at:])
	if c, ok := t.namedBehind(n, m, at+end); ok && number.MatchString(m.Text[at:]) {
		return c, true
	}
	if key != "" {
		end += at
		c, ok := verb(m, key, end)
		if removes != "" {
			c, ok = correction{key: key, tail: c.tail, drops: true}, true
			c.tail = clean(m, end+len(linker.FindString(m.Text[end:])), len(m.Text)-len(erased.FindString(m.Text[end:])))
		}
		if ok {
			return c, true
		}
		if number.MatchString(m.Text[at:end]) {
			return numbered(n, m, key, end)
		}
	}
	if adds := grows.FindString(m.Text[start:]); key == "" && adds != "" {
		at = start + len(adds)
		if key, end = t.label(n, m.Text[at:]); key != "" {
			return correction{key: key, tail: clean(m, at+end, len(m.Text)), adds: true}, true
		}
	}
	if words := erased.FindString(m.Text); removes == "" && containsAny(words, "去掉", "删", "拿掉", "划掉") {
		c := correction{tail: clean(m, start, len(m.Text)-len(words)), drops: true}
		c.key = t.holder(n, string([]rune(m.Text)[c.tail.start:c.tail.end]))
		return c, true
	}
	if removes != "" {
		c := correction{tail: clean(m, at, len(m.Text)-len(erased.FindString(m.Text[at:]))), drops: true}
		c.key = t.holder(n, string([]rune(m.Text)[c.tail.start:c.tail.end]))
		return c, true
	}
	return t.named(n, m)
}

// numbered reads words behind the number of a line that no verb of change begins:
// they are how the line should read, unless they say that it is right. Where they
// speak of a part of a text, the whole of it has to be said.
func numbered(n *need.Need, m Message, key string, end int) (correction, bool) {
	end += len(linker.FindString(m.Text[end:]))
	rest := m.Text[end:]
	if agrees(rest) && bare(rest) != "" || containsAny(rest, "没问题", "没错", "可以", "什么意思") {
		return correction{}, false
	}
	c := correction{key: key, tail: clean(m, end, len(m.Text))}
	if k := need.Key(key); k.Known() && k.Shape() <= need.List && inside.MatchString(rest) && len(n.Field(k).Items) > 0 {
		c.tail.end = c.tail.start
	}
	return c, true
}

// afterNumber is what may stand between the number of a line and its name.
var afterNumber = regexp.MustCompile(`^(?:[\s，,：:、的]|写的?|记的?|不对|错了|有误|不准)*`)

// namedBehind reads the line that is named behind a number: in "第9条，决策人是
// 刘总" the name says which line is meant, and how much of the words is its label.
func (t *turn) namedBehind(n *need.Need, m Message, at int) (correction, bool) {
	at += len(afterNumber.FindString(m.Text[at:]))
	key, end := t.label(n, m.Text[at:])
	if key == "" || number.MatchString(m.Text[at:]) {
		return correction{}, false
	}
	return verb(m, key, at+end)
}

// dropped are the lines that a message names by number, two at least, and wants
// to go: "第3条和第5条删掉".
func (t *turn) dropped(n *need.Need, text string) []string {
	found := numbers.FindAllStringSubmatch(text, -1)
	if len(found) < 2 || !containsAny(text, "去掉", "删", "不要", "拿掉", "划掉") || bare(between.ReplaceAllString(numbers.ReplaceAllString(text, ""), "")) != "" {
		return nil
	}
	var keys []string
	lines := t.numbering(n)
	for _, at := range found {
		if i := ordinal(at[1]); i >= 1 && i <= len(lines) {
			keys = append(keys, lines[i-1])
		}
	}
	return keys
}

// verb reads what stands behind the label of a line.
func verb(m Message, key string, at int) (correction, bool) {
	at += len(linker.FindString(m.Text[at:]))
	rest := m.Text[at:]
	c := correction{key: key}
	if words := erases.FindString(rest); words != "" {
		c.drops, c.tail = true, clean(m, at+len(words), len(m.Text)-len(erased.FindString(rest[len(words):])))
		return c, true
	}
	if words := grows.FindString(rest); words != "" {
		c.adds, c.tail = true, clean(m, at+len(words), len(m.Text))
		return c, true
	}
	for _, v := range []*regexp.Regexp{sets, wrongs} {
		if words := v.FindString(rest); words != "" {
			c.tail = clean(m, at+len(words), len(m.Text))
			return c, true
		}
	}
	if words := erased.FindString(rest); containsAny(strings.ToLower(words), "掉", "删", "不要", "取消", "remove", "delete") {
		c.drops, c.tail = true, clean(m, at, len(m.Text)-len(words))
		return c, true
	}
	return c, false
}

// named finds the line that is named just in front of a verb of change, such as
// "预计的完成时限应该是明年6月".
func (t *turn) named(n *need.Need, m Message) (correction, bool) {
	at := inside.FindStringIndex(m.Text)
	if at == nil || len([]rune(m.Text[:at[0]])) > shortWords {
		return correction{}, false
	}
	for i := range m.Text[:at[0]] {
		key, end := t.label(n, m.Text[i:at[0]])
		if key == "" || len(linker.FindString(m.Text[i+end:at[0]])) != at[0]-i-end {
			continue
		}
		if c, ok := verb(m, key, i+end); ok {
			return c, true
		}
	}
	return correction{}, false
}

// label finds the line whose number or name words begin with, and where in them
// that ends; the longest name wins. "" means that there is none.
func (t *turn) label(n *need.Need, words string) (key string, end int) {
	if at := number.FindStringSubmatch(words); at != nil {
		lines := t.numbering(n)
		if i := ordinal(cmp.Or(at[1], at[2], at[3])); i >= 1 && i <= len(lines) {
			return lines[i-1], len(at[0])
		}
		return "", 0
	}
	longest := func(k, name string) {
		if name != "" && len(name) > end && len(name) <= len(words) && strings.EqualFold(words[:len(name)], name) {
			key, end = k, len(name)
		}
	}
	for _, row := range n.Indicators {
		longest("indicator:"+row.ID, row.Name)
	}
	for _, r := range n.Routes {
		longest("route:"+string(r.Kind), t.guide.Routes[r.Kind].Label.In(t.lang()))
	}
	longest("title", t.text("line_title"))
	for _, k := range need.Keys() {
		longest(string(k), t.guide.Label(k, t.lang()))
	}
	for k, names := range otherNames() {
		for _, name := range names {
			longest(k, name)
		}
	}
	if key == string(need.KeyIndicator) && len(n.Indicators) == 1 {
		key = "indicator:" + n.Indicators[0].ID
	}
	return key, end
}

// otherNames are the words of the trade for the lines of the card.
func otherNames() map[string][]string {
	return map[string][]string{
		"title":                         {"名称", "标题", "题目", "需求标题", "title"},
		string(need.KeyProblem):         {"问题", "难题", "技术问题"},
		string(need.KeyScene):           {"场景", "应用"},
		string(need.KeyRootCause):       {"原因", "原因分析", "判断的原因"},
		string(need.KeyTried):           {"试过", "试过的办法", "已试", "已经试过", "试过的"},
		string(need.KeyConstraints):     {"限制", "约束", "约束条件"},
		string(need.KeyFoundation):      {"基础", "现有条件", "已有基础"},
		string(need.KeyPartnerReq):      {"对合作方的要求", "合作方"},
		string(need.KeyDeadline):        {"时限", "期限", "完成时间", "完成期限"},
		string(need.KeyBudget):          {"预算", "经费", "投入", "投入经费"},
		string(need.KeyCoopMode):        {"合作的方式", "合作模式"},
		string(need.KeyIPTerms):         {"归属", "产权", "知识产权", "成果的归属"},
		string(need.KeyConfidentiality): {"公开", "保密", "保密程度", "公开范围", "保密要求"},
		string(need.KeyDecisionOwner):   {"拍板的人", "拍板人", "决策"},
	}
}

// clean is the span of runes between two places in bytes, without the marks that
// people put around words.
func clean(m Message, start, end int) span {
	text := []rune(m.Text)
	s := span{len([]rune(m.Text[:start])), len([]rune(m.Text[:max(start, end)]))}
	for {
		was := s
		s = trim(text, s)
		if s.start < s.end && strings.ContainsRune("：:，,“\"", text[s.start]) {
			s.start++
		}
		if s.start < s.end && strings.ContainsRune("。.！”\"，,", text[s.end-1]) {
			s.end--
		}
		if s == was {
			return s
		}
	}
}

// holder is the one text that holds words, "" if none or several do.
func (t *turn) holder(n *need.Need, words string) string {
	var keys []string
	for _, k := range need.Keys() {
		if words != "" && slices.ContainsFunc(n.Field(k).Items, func(i need.Item) bool { return strings.Contains(i.Value.Text, words) }) {
			keys = append(keys, string(k))
		}
	}
	if len(keys) != 1 {
		return ""
	}
	return keys[0]
}

// dropLine takes out a line, or the sentence of it that holds the words of the
// correction.
func (t *turn) dropLine(n *need.Need, m Message, c correction) {
	const why = "taken back by the contact"
	k, words := need.Key(c.key), string([]rune(m.Text)[c.tail.start:c.tail.end])
	id, isRow := strings.CutPrefix(c.key, "indicator:")
	switch {
	case isRow && words == "":
		t.emit(need.Event{Kind: need.RowRemoved, By: need.Contact, Need: n.ID, Message: m.ID, Row: &need.Indicator{ID: id}, Note: why})
	case strings.HasPrefix(c.key, "route:"):
		t.dropRoute(n, m, need.RouteKind(strings.TrimPrefix(c.key, "route:")))
		return
	case !k.Known() || len(n.Field(k).Items) == 0:
		return
	case words == "":
		t.withdraw(n, m, k, n.Field(k).Items, why)
	default:
		items := n.Field(k).Items
		kept := keptWithout(items, words)
		if slices.EqualFunc(items, kept, func(a, b need.Item) bool { return a.Value.Text == b.Value.Text }) {
			return
		}
		t.withdraw(n, m, k, items, why)
		for _, item := range kept {
			t.emit(need.Event{Kind: need.ValueSet, By: need.Contact, Need: n.ID, Message: m.ID, Key: k, Item: &item, Checks: need.Checks{Aligned: true}, Note: "stays"})
		}
	}
	t.changed = append(t.changed, c.key)
}

// keptWithout are the statements without the sentences that hold words; in a
// statement of one sentence, without its clauses that do. What stays keeps the
// words that it rests on.
func keptWithout(items []need.Item, words string) []need.Item {
	var kept []need.Item
	for _, item := range items {
		if !strings.Contains(item.Value.Text, words) {
			kept = append(kept, item)
			continue
		}
		text := []rune(item.Value.Text)
		parts := sentences(text)
		if len(parts) == 1 {
			parts = clauses(text)
		}
		parts = slices.DeleteFunc(parts, func(s span) bool { return strings.Contains(string(text[s.start:s.end]), words) })
		var said []string
		var rests []need.Evidence
		for _, s := range parts {
			said = append(said, string(text[s.start:s.end]))
			if e := item.Evidence[0]; len(item.Evidence) == 1 && e.Quote == item.Value.Text {
				rests = append(rests, need.Evidence{Ref: e.Ref, Start: e.Start + s.start, End: e.Start + s.end, Quote: said[len(said)-1]})
			}
		}
		if len(said) == 0 {
			continue
		}
		item.Value.Text = strings.Join(said, "；")
		if len(rests) > 0 {
			item.Evidence = rests
		}
		kept = append(kept, item)
	}
	return kept
}
