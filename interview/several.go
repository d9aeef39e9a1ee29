package interview

import (
	"cmp"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"tanxu/extract"
	"tanxu/need"
)

// The quick replies to "shall we go on with the next need".
const (
	choiceNext  = "next.yes"
	choiceLater = "next.later"
)

var (
	plural = regexp.MustCompile(`(两|俩|二|2|三|3)\s*(个|条|件|样|桩|摊|项|种)?[^，。]{0,4}(需求|项目|车间|部门|事|问题|课题|难题|毛病)|两样|两摊|分属|两码事|two (needs|projects|problems|things)`)
	owner  = regexp.MustCompile(`([\p{Han}]{1,4})(车间|分厂|事业部|班组|部门)`)
	item   = regexp.MustCompile(`^(第?[一二三两]个|另一个|另外一个|第一[件样项]|第二[件样项]|甲|乙)`)
	// apart says that what is counted out, 一是… 二是…, is for different people.
	apart = regexp.MustCompile(`不同的?(?:团队|老师|专家|单位|人)|分开(?:找|谈|说|做|立|弄)|分别找|各找各|各是各|两码事|互不相干|没关系的(?:两|二)`)
	point = regexp.MustCompile(`^(一是|二是|三是|其一|其二|其三)`)
	// ordered says that matters are counted out, without saying how many they are.
	ordered = regexp.MustCompile(`第一[个件样项].{5,}第二[个件样项]`)
	// A sum over all needs belongs to none of them, what is shared to each.
	sum    = regexp.MustCompile(`(两|二|三|几|各)(个|条|摊|边|样|件|项)[^，。]{0,3}(一共|总共|合计|加起来|加一块)|(一共|总共|合计)`)
	shared = regexp.MustCompile(`^(都|两(个|条|摊|边|样|件)都|全都|both)`)
)

// several finds the parts of a first message that tells of different needs: of
// different departments, or counted out one by one. Two faults of one product
// are one need, so "一是…二是…" only splits what is for different people.
func (t *turn) several(m Message) []span {
	text := []rune(m.Text)
	differ := apart.MatchString(m.Text)
	if !plural.MatchString(m.Text) && !differ && !ordered.MatchString(m.Text) {
		return inOneBreath(m.Text)
	}
	var parts []span
	seen := map[string]bool{}
	open := false
	differ = differ || fullPoints(text)
	for _, c := range clauses(text) {
		words := string(text[c.start:c.end])
		name, all := "", plural.MatchString(words)
		if o := owner.FindStringSubmatch(words); o != nil && !all {
			name = o[0]
		} else if item.MatchString(words) && !all {
			name = item.FindString(words)
		} else if differ && point.MatchString(words) {
			name = point.FindString(words)
		}
		switch {
		case name != "" && !seen[name]:
			seen[name], open = true, true
			parts = append(parts, c)
		case all, apart.MatchString(words):
			open = false
		case open && !strings.ContainsAny(string(text[parts[len(parts)-1].end:c.start]), "。！？!?；;\n"):
			parts[len(parts)-1].end = c.end
		}
	}
	if len(parts) < 2 || len(parts) > 4 {
		return nil
	}
	return parts
}

// fullPoints reports whether what is counted out, 一是… 二是…, are matters that
// stand alone: each says what of what is wrong. Two words for two faults of one
// thing do not, and 毛病 are those of one thing.
func fullPoints(text []rune) bool {
	const least = 9 // runes, with the words that count
	n := 0
	for _, c := range clauses(text) {
		switch words := string(text[c.start:c.end]); {
		case !point.MatchString(words):
		case c.end-c.start < least:
			return false
		default:
			n++
		}
	}
	return n > 1 && !strings.Contains(string(text), "毛病") && !sameThing.MatchString(string(text))
}

var (
	// oneAndOne finds two problems that are counted out in one breath, besides one
	// that follows a whole.
	oneAndOne  = regexp.MustCompile(`一个(?:问题|事|毛病)?是(.{5,}?)[，,；;。、\s]*(?:还有|另外|再有)一个(?:问题|事|毛病)?(?:就?是)?(.{5,})$`)
	besides    = regexp.MustCompile(`^(.{6,}?)[，,；;。\s]*(?:另外还?(?:想|要)|还有(?:一件|一个|个|件)事情?[，, ]*(?:就?是)?|还有(?:一个|个)(?:问题|难题)(?:是|就是)?)(.{4,})$`)
	countedOut = regexp.MustCompile(`[，,、\s]*(?:一个(?:问题|事|毛病)?|[一二三])是$`)
	sameThing  = regexp.MustCompile(`同一|都是这|都在这|一起出`)
)

// inOneBreath finds two problems in a message that has no punctuation between
// them; two faults of one thing are one need.
func inOneBreath(s string) []span {
	for _, re := range []*regexp.Regexp{oneAndOne, besides} {
		at := re.FindStringSubmatchIndex(s)
		if at == nil || sameThing.MatchString(s) || !complains(s[at[2]:at[3]]) || re == oneAndOne && !complains(s[at[4]:at[5]]) {
			continue
		}
		text := []rune(s)
		part := func(from, to int) span {
			return trim(text, span{utf8.RuneCountInString(s[:from]), utf8.RuneCountInString(s[:to])})
		}
		return []span{part(at[2], at[3]), part(at[4], at[5])}
	}
	return nil
}

// startSeveral starts a need for each part and speaks of the first.
func (t *turn) startSeveral(m Message, parts []span) {
	text := []rune(m.Text)
	var titles []string
	for i, p := range parts {
		words := evidence(m, text, p)
		title := cmp.Or(faultName(words.Quote, 3), faultName(firstClause(words.Quote), 3), cut(line(point.ReplaceAllString(words.Quote, "")), 20))
		titles = append(titles, strconv.Itoa(i+1)+". "+title)
		if i == 0 {
			t.hold(t.start(title, m.ID).ID, m, words)
			continue
		}
		t.parkNeed(m, words, title)
	}
	lead := countedOut.ReplaceAllString(string(text[:parts[0].start]), "")
	if lead := trim(text, span{0, utf8.RuneCountInString(lead)}); made(string(text[lead.start:lead.end])) != "" {
		for _, n := range t.s.Needs {
			t.keepScene(n, m, evidence(m, text, lead)) // what the firm makes is said of all of them
		}
	}
	sep := "；"
	if t.lang() == "en" {
		sep = "; "
	}
	t.acks = append(t.acks, t.text("several", "n", strconv.Itoa(len(parts)), "list", strings.Join(titles, sep)))
}

// firstClause is the first clause of words.
func firstClause(words string) string {
	text := []rune(words)
	for _, c := range clauses(text) {
		return string(text[c.start:c.end])
	}
	return words
}

// parkNeed keeps another need for later, with the words that told of it.
func (t *turn) parkNeed(m Message, words need.Evidence, title string) {
	id := t.NewID()
	t.emit(need.Event{Kind: need.NeedStarted, By: need.Contact, Need: id, Message: m.ID, Note: title})
	t.hold(id, m, words)
}

func (t *turn) hold(id need.ID, m Message, words need.Evidence) {
	i := need.Item{Evidence: []need.Evidence{words}, Value: need.Value{Text: words.Quote}}
	t.emit(need.Event{
		Kind: need.ValueSet, By: need.Contact, Need: id, Message: m.ID, Key: need.KeyProblem, Item: &i, Checks: need.Checks{Aligned: true},
	})
}

// park keeps a need that comes up in the middle of another, and reports whether
// that was all the message said.
func (t *turn) park(m Message, r extract.Reading) bool {
	text := []rune(m.Text)
	all := sentences(text)
	for i, s := range all {
		words := evidence(m, text, s)
		if !slices.Contains(t.read.Read(words.Quote, extract.Context{}).Intents, extract.NewNeed) {
			continue
		}
		if i+1 < len(all) && s.end-s.start < 12 {
			words = evidence(m, text, span{s.start, all[i+1].end})
		}
		title := cut(line(words.Quote), 20)
		t.parkNeed(m, words, title)
		t.acks = append(t.acks, t.text("parked", "title", title))
		return !content(r) || len(all) <= 2
	}
	return false
}

// askNext asks whether to go on with a need that was put aside.
func (t *turn) askNext(n *need.Need) {
	t.phase(PhaseInterviewing)
	t.emit(need.Event{Kind: need.Asked, Need: n.ID, Note: "next:" + string(n.ID)})
	t.say = append(t.say, Say{Text: t.before() + t.text("ask_next", "title", line(n.Title)), AI: true, Choices: []Choice{
		{ID: choiceNext, Label: t.text("next_yes")}, {ID: choiceLater, Label: t.text("next_later")},
	}})
}

// answerNext goes on with the next need, or leaves it for another day.
func (t *turn) answerNext(m Message, r extract.Reading) {
	_, id, _ := strings.Cut(t.asked.ID, ":")
	other := t.s.Need(need.ID(id))
	if other == nil || other.Status != need.StatusDraft && other.Status != need.StatusReturned {
		t.again = true
		return
	}
	if m.Choice == choiceLater || (has(r, extract.No) && !content(r)) || has(r, extract.Pause) {
		t.phase(PhaseDone)
		t.flush(t.text("done_later", "title", line(other.Title)))
		t.quiet = true
		return
	}
	t.beginNext(other)
	if content(r) {
		t.take(m, r)
	}
}

// beginNext turns to a need that was put aside.
func (t *turn) beginNext(n *need.Need) {
	t.phase(PhaseInterviewing)
	t.emit(need.Event{Kind: need.NeedSwitched, Need: n.ID})
	t.emit(need.Event{Kind: need.StatusChanged, Need: n.ID, To: string(need.StatusInterviewing)})
	t.asked, t.again = Question{}, false
	t.acks = append(t.acks, t.text("next_begin", "title", line(n.Title)))
}

// segment is a part of a message that speaks of one need.
type segment struct {
	span
	need *need.Need
}

// segments splits a message by the needs that its clauses speak of, nil when all
// of it is about the one spoken of. A clause without words of any need goes with
// the clause before; a sum over all of them ("一共210万") belongs to none.
func (t *turn) segments(m Message) []segment {
	n := t.active()
	open := slices.DeleteFunc(slices.Clone(t.s.Needs), func(o *need.Need) bool {
		return o.Status != need.StatusDraft && o.Status != need.StatusInterviewing
	})
	if len(open) < 2 {
		return nil
	}
	text := []rune(m.Text)
	if shared.MatchString(bare(m.Text)) {
		var all []segment
		for _, o := range open {
			all = append(all, segment{span{0, len(text)}, o})
		}
		return all
	}
	var parts []segment
	now, other := n, false
	list := clauses(text)
	for i, c := range list {
		words := string(text[c.start:c.end])
		if sum.MatchString(words) {
			continue
		}
		if o := ownerOf(open, words); o != nil {
			now = o
		} else if i+1 < len(list) && len(open) == 2 && facing(text, c, list[i+1]) && ownerOf(open, string(text[list[i+1].start:list[i+1].end])) == now {
			now = open[1-slices.Index(open, now)] // 铝材90万，废水160万
		}
		other = other || now != n
		if last := len(parts) - 1; last >= 0 && parts[last].need == now {
			parts[last].end = c.end
			continue
		}
		parts = append(parts, segment{c, now})
	}
	if !other {
		return nil
	}
	return parts
}

// facing reports whether two short clauses stand against each other: they are all
// of a sentence, and neither starts with a word of time or wish.
func facing(text []rune, a, b span) bool {
	const short = 12
	ends := func(i int) bool { return i < 0 || i >= len(text) || strings.ContainsRune("。；;！!？?\n", text[i]) }
	starts := func(c span) bool {
		return containsAny(string(text[c.start:min(c.end, c.start+2)]), "现", "目", "要", "想", "最", "不", "得", "能")
	}
	return a.end-a.start <= short && b.end-b.start <= short && b.start-a.end <= 1 && ends(a.start-1) && ends(b.end) && !starts(a) && !starts(b)
}

// ownerOf returns the need whose own words stand in a clause, nil if none or
// several do.
func ownerOf(needs []*need.Need, clause string) *need.Need {
	var best *need.Need
	top, second := 0, 0
	for _, n := range needs {
		hits := 0
		for g := range bigrams(clause) {
			if !hasDigit(g) && !strings.ContainsAny(g, "一二两三四五六七八九十个是有的了不月年天次我们") && vocabulary(n)[g] > 0 && !slices.ContainsFunc(needs, func(o *need.Need) bool { return o != n && vocabulary(o)[g] > 0 }) {
				hits++
			}
		}
		if hits > top {
			best, top, second = n, hits, top
		} else if hits > second {
			second = hits
		}
	}
	if top == second {
		return nil
	}
	return best
}

// vocabulary are the bigrams of what was first said of a need and its scene.
func vocabulary(n *need.Need) map[string]int {
	var b strings.Builder
	for _, k := range []need.Key{need.KeyProblem, need.KeyScene} {
		for _, item := range n.Field(k).Items {
			b.WriteString(item.Value.Text + " ")
		}
	}
	for _, row := range n.Indicators {
		b.WriteString(row.Name + " ")
	}
	return bigrams(b.String())
}
