package interview

import (
	"context"
	"regexp"
	"unicode/utf8"

	"tanxu/extract"
	"tanxu/need"
)

// overhear reads what a contact tells the broker who has taken over. What is
// said of the need goes into the record as in any other turn; nothing is
// answered, nothing is asked, and no command is followed: whom the contact
// speaks to is a person.
func (t *turn) overhear(ctx context.Context, in Input) {
	if !t.s.Consent || len(in.Messages) == 0 {
		return
	}
	told := t.say
	defer func() { t.say = told }()
	messages := amend(in.Messages, in.Recent)
	t.asked = t.askedByBroker(in.Recent)
	t.understand(ctx, messages, in.Recent)
	for _, m := range messages {
		t.overhearOne(m)
	}
	if n := t.s.Need(t.s.Active); n != nil && len(t.events) > 0 {
		t.retitle(n)
		t.suggest(n)
	}
}

func (t *turn) overhearOne(m Message) {
	switch {
	case m.Start, m.Unsupported != "":
	case m.File != nil:
		t.file(m)
	case m.Choice != "":
		if f, _ := t.guide.Choice(m.Choice); f != nil {
			t.choiceOfGuide(m) // a button of a question that the bot has asked before
		}
	case bare(m.Text) == "", utf8.RuneCountInString(m.Text) > t.opt.MaxRunes, !readable(m.Text):
	case m.Edit:
		t.guessLanguage(m)
		t.replace(m, func() { t.overhearWords(m) })
	default:
		t.guessLanguage(m)
		t.overhearWords(m)
	}
}

// overhearWords takes what free words say of the need. Where nothing is known
// yet they begin one only if they say something of one.
func (t *turn) overhearWords(m Message) {
	r := t.reading(m)
	short := len([]rune(bare(m.Text))) <= shortWords
	switch n := t.s.Need(t.s.Active); {
	case aboutTheTalk(m.Text), bareIntent(r) && short && !content(r) && len(t.asked.Keys) == 0:
	case n == nil && (content(r) || complains(m.Text) && !short):
		t.opening(m, r)
	case n == nil:
	case t.s.Phase == PhaseDone:
		r.Intents = append(r.Intents, extract.Correct) // as after the submission
		t.take(m, r)
	default:
		if r, parked := t.parkSaid(m, r); !parked || content(r) {
			t.take(m, r)
		}
	}
	t.asked = Question{} // a second message answers nothing in particular
}

// askedByBroker is the question to which the contact replies: what the last
// words of the broker ask for, an empty one if that cannot be told.
func (t *turn) askedByBroker(recent []Spoken) Question {
	n := t.s.Need(t.s.Active)
	for i := len(recent) - 1; i >= 0; i-- {
		if recent[i].Contact {
			continue
		}
		if k := askedFor(recent[i].Text); recent[i].Broker && k != "" && n != nil {
			return Question{Need: n.ID, Keys: []need.Key{k}}
		}
		break
	}
	return Question{}
}

// wish are the words of a person who asks for a field.
type wish struct {
	key   need.Key
	words *regexp.Regexp
}

// wishes are looked through in order: what is asked in particular stands before
// what is asked in general.
func wishes() []wish {
	of := func(k need.Key, words string) wish { return wish{k, regexp.MustCompile(`(?i)` + words)} }
	return []wish{
		of(need.KeyBudget, `预算|经费|多少钱|花多少|投入多少|出多少|budget|how much (money|can you|would you)`),
		of(need.KeyDeadline, `期限|时限|多久(之|以)?内|什么时候(之前|以前|前|要|完成|解决|用上|能用)|哪年|几月|deadline|by when|how soon`),
		of(need.KeyIPTerms, `知识产权|专利(归|怎么|算)|成果归|intellectual property|who owns`),
		of(need.KeyConfidentiality, `能不能公开|可以公开|公开(到|吗|程度)|保密|confidential|made public`),
		of(need.KeyDecisionOwner, `谁(来)?(定|拍板|决定|做主|说了算)|who decides`),
		of(need.KeyCoopMode, `怎么合作|合作(方式|形式|模式)|委托开发还是|how .{0,12}(cooperate|work together)`),
		of(need.KeyPartnerReq, `什么样的(单位|团队|专家|合作方)|(单位|团队|专家|合作方).{0,6}(有什么|有没有|有哪些)?要求|kind of partner`),
		of(need.KeyTried, `试过|做过哪些|采取过|用过什么办法|想过什么办法|have you tried|did you try`),
		of(need.KeyRootCause, `什么原因|为什么会|怎么造成|怎么引起|原因是|cause|why does`),
		of(need.KeyConstraints, `不能(动|换|改|变)|动不得|有什么限制|限制条件|约束|must not change|constraint`),
		of(need.KeyFoundation, `有哪些(设备|条件|基础)|什么(设备|条件|基础)|样件|样品|中试|equipment do you|samples`),
		of(need.KeyIndicator, `指标|做到多少|达到多少|到多少|目标(值)?是|现在(是)?多少|多少才|合格标准|测试(条件|标准|方法)|按什么(标准|方法)|target|indicator|what value|how is it measured`),
		of(need.KeyScene, `哪(个|道|条|种)(产品|工序|车间|产线|设备|规格|型号)|什么(产品|工序|规格|材料)|用在(哪|什么)|which (product|process|line|step)`),
		of(need.KeyProblem, `什么(技术)?问题|哪里不行|什么现象|具体(是)?怎么|what .{0,16}problem`),
	}
}

// asking are the marks of a question or a request.
var asking = regexp.MustCompile(`(?i)[？?]|吗|呢|多少|什么|哪|谁|几|怎么|请|补充|说一下|\b(what|which|when|how|who|why|please)\b`)

// askedFor is the field that words of a person ask for, "" if they ask for none
// that is known. Of several questions the last one counts.
func askedFor(words string) need.Key {
	text := []rune(words)
	all := split(text, "。！!\n\r")
	for i := len(all) - 1; i >= 0; i-- {
		s := string(text[all[i].start:all[i].end])
		if !asking.MatchString(s) {
			continue
		}
		for _, w := range wishes() {
			if w.words.MatchString(s) {
				return w.key
			}
		}
	}
	return ""
}
