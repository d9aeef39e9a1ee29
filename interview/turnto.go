package interview

import (
	"regexp"
	"slices"
	"strings"

	"tanxu/need"
)

const (
	turnLead = `^(?:那|嗯|好的?|我们|咱们|咱|就|先|还是|要不然?|现在|接着|不如|想|换)*`
	turnVerb = `(?:说一?[说下]|谈一?[谈下]|聊一?[聊下]|讲一?[讲下]|看一?[看下]|说|谈|聊|讲|转到|跳到|换成?|回到)`
	turnNext = `(?:下面?一?[件个条桩]|另外?(?:那|一)?[件个条桩]|后面?那?[件个条桩]|第[一二三四1-4][件个条桩])(?:事情?|问题|需求|难题)?`
	turnTail = `(?:吧|了|好了|呢|啊|哈)*$`
)

var (
	// turnOver says that something else is to be spoken of, without saying what.
	turnOver = regexp.MustCompile(turnLead + `换?(?:个|一个)?(?:话题|题目)` + turnTail)
	// turnCount counts out what is to be spoken of: 说下第二件吧, 下一件.
	turnCount = regexp.MustCompile(turnLead + turnVerb + `?(` + turnNext + `)` + turnTail)
	// turnTo names it: 先说锅炉的事.
	turnTo = regexp.MustCompile(turnLead + turnVerb + `(\p{Han}{2,10}?)(?:的|那|这)?(?:个|件|条|边|块)?(?:事情?|问题|需求|难题)?` + turnTail)
	// turnName names it behind one of those: 锅炉那个.
	turnName = regexp.MustCompile(`^(?:就是?)?(\p{Han}{2,10}?)的?[那这](?:个|件|条|边|块)(?:事情?|问题)?` + turnTail)
	ordinals = regexp.MustCompile(`第([一二三四1-4])`)
)

// turnsTo turns to the need put aside that a message wants to speak of, and
// reads what it says besides. It reports whether the message was of this kind;
// the need spoken of so far is put aside in its place.
func (t *turn) turnsTo(m Message) bool {
	if len(t.s.Needs) < 2 || t.s.Phase == PhaseClosed {
		return false
	}
	text := []rune(m.Text)
	var other *need.Need
	end, led := 0, false
	for _, c := range clauses(text) {
		words := line(string(text[c.start:c.end]))
		found, ok := t.turnMeant(words, led)
		if !ok {
			break
		}
		if found != nil {
			other = found
		}
		end, led = c.end, true
	}
	now := t.s.Need(t.s.Active)
	if other == nil || other == now || other.Status != need.StatusDraft {
		return false
	}
	if now != nil && now.Status == need.StatusInterviewing {
		t.emit(need.Event{Kind: need.StatusChanged, By: need.Contact, Need: now.ID, Message: m.ID, To: string(need.StatusDraft)})
	}
	t.beginNext(other)
	if rest := string(text[end:]); bare(rest) != "" {
		m.Text = strings.Repeat(" ", end) + rest // places in the message stay those of the original
		t.answer(m, t.read.Read(m.Text, t.context(m, nil)))
	}
	return true
}

// turnMeant is the need that a clause wants to speak of, nil where it does not
// say which; led tells that a clause before said that it is to be another. It
// reports whether the clause is of this kind.
func (t *turn) turnMeant(words string, led bool) (*need.Need, bool) {
	if turnOver.MatchString(words) {
		return nil, true
	}
	if at := turnCount.FindStringSubmatch(words); at != nil {
		if i := ordinals.FindStringSubmatch(at[1]); i != nil {
			if n := ordinal(i[1]); n <= len(t.s.Needs) {
				return t.s.Needs[n-1], true
			}
		}
		return t.putAside(), true
	}
	for _, named := range []*regexp.Regexp{turnTo, turnName} {
		if at := named.FindStringSubmatch(words); at != nil && (named == turnTo || led) {
			if n := ownerOf(t.s.Needs, at[1]); n != nil {
				return n, true
			}
		}
	}
	return nil, false
}

// putAside is the next need, in the order in which they were told, that waits;
// nil if none does.
func (t *turn) putAside() *need.Need {
	i := slices.IndexFunc(t.s.Needs, func(n *need.Need) bool { return n.ID == t.s.Active })
	for _, n := range slices.Concat(t.s.Needs[i+1:], t.s.Needs[:max(i, 0)]) {
		if n.Status == need.StatusDraft {
			return n
		}
	}
	return nil
}
