package interview

import (
	"regexp"
	"strings"
	"unicode"

	"tanxu/need"
)

// counter is what contacts ask us, and the text of the guide that answers it.
type counter struct {
	words  *regexp.Regexp
	answer string
}

// counters are looked through in order.
var counters = []counter{
	{regexp.MustCompile(`谁(?:能|会|可以)?看|存(?:在|到)?哪|保密吗|发不发|会不会泄|会泄露|安全吗|who sees|who will see|confidential\?`), "privacy"},
	{regexp.MustCompile(`真人吗|机器人吗|是机器人|是不是(?:人工智能|真人|机器)|are you (?:a robot|human|a person)`), "faq_robot"},
	{regexp.MustCompile(`你们?是(?:谁|干(?:嘛|什么|啥)|做什么|哪里|哪个(?:单位|部门|公司))|who are you`), "faq_who"},
	{regexp.MustCompile(`收费吗|要钱吗|收不收(?:费|钱)|免费吗|(?:怎么|如何)收费|do you charge|is it free`), "faq_cost"},
	{regexp.MustCompile(`(?:要|得|需要|会|大概|一般)花?多少(?:钱|费用)|多少钱(?:能|才|可以|够|搞|做)|够不够|(?:钱|万|块|百|千)够(?:吗|么)|什么价|贵不贵|贵吗|how much (?:does|will|would) it cost|is (?:that|it) enough`), "faq_price"},
	{regexp.MustCompile(`(?:能不能|能否|可不可以)(?:做|搞|解决|弄)(?:定|好|成|出来)?[^，。；]{0,2}$|(?:你们|这个|这种|到底)[^，。；]{0,4}(?:能|可以)(?:做|解决|搞定|弄好?)(?:吗|么|不)|做得(?:了|出来)(?:吗|么)|有没有(?:人|单位|专家)[^，。；]{0,2}(?:能|会|做过|搞过)|有(?:人|专家|团队)(?:做|搞)过(?:吗|么)|can you (?:do|solve) (?:it|this)`), "faq_can"},
	{regexp.MustCompile(`还要问多|还有(?:几|多少)个?(?:问题|题)|要(?:问|聊|多)多?久|问完了?(?:吗|没)|how many questions|how long`), "faq_length"},
	{regexp.MustCompile(`接下来(?:怎么|干)|然后呢|多久(?:能)?有结果|什么时候有结果|what happens next`), "faq_next"},
	{regexp.MustCompile(`(?:为什么|为啥|干嘛)(?:要)?问|问这个(?:干|做什么)|why do you ask`), "why"},
	{regexp.MustCompile(`(?:什么|啥|甚么)意思|什么叫|[没听看]{1,2}(?:太)?(?:懂|明白)|不(?:太)?(?:懂|明白)(?:你|您|这个?问|这题|怎么答)|怎么理解|(?:举|打)个?(?:例|比方)|(?:怎么|咋)(?:填|回答|答)|指(?:的是)?(?:什么|啥|哪)|(?:说|讲|问)(?:得?)?清楚(?:点|些)?|你?(?:到底)?(?:要|想)?(?:问|知道)(?:的是|什么|啥)|你要啥|what do you mean|for example\?|what does (?:that|it) mean`), "faq_means"},
	{regexp.MustCompile(`(?:怎么|咋|如何)(?:弄|定|搞|算|写|选|合作|分)?(?:才|比较|最)?(?:合适|划算|好)|(?:一般|通常|别人家?|人家|其[他它](?:厂|公司|企业|家))(?:都|是)?[^，。；]{0,4}(?:怎么|咋)|你们?(?:看|说|觉得|建议|推荐|定)(?:呢|怎么|哪|什么)|哪(?:种|个)(?:比较|更)?好|有(?:什么|啥)建议|what do you (?:suggest|recommend)|what is usual`), "faq_advice"},
}

// question answers what a contact asks us, and reports whether it could. What
// nobody prepared an answer for is left to a broker.
func (t *turn) question(m Message) bool {
	text := strings.ToLower(line(m.Text))
	if statement.MatchString(text) {
		return false
	}
	for _, c := range counters {
		if c.words.MatchString(text) {
			return t.answerBy(c.answer)
		}
	}
	return false
}

// statement finds words that tell of a question instead of asking one.
var statement = regexp.MustCompile(`客户(?:问|说)|老板(?:问|说)|(?:还|都|也)(?:没|不)(?:想好|定|知道)怎么`)

// answerBy says the text that answers a question of the contact.
func (t *turn) answerBy(key string) bool {
	switch key {
	case "why", "faq_means":
		if len(t.asked.Keys) == 0 || t.guide.Field(t.asked.Keys[0]) == nil {
			return false
		}
		f := t.guide.Field(t.asked.Keys[0])
		t.answers = append(t.answers, t.text(key, "why", f.Why.In(t.lang()), "means", f.Means.In(t.lang())))
	case "faq_advice":
		t.answers = append(t.answers, t.text(key))
		if len(t.asked.Keys) == 1 && t.asked.Keys[0].Shape() == need.Code {
			t.answers = append(t.answers, t.guide.Field(t.asked.Keys[0]).Means.In(t.lang()))
		}
	default:
		t.answers = append(t.answers, t.text(key))
	}
	return true
}

// onlyAsks reports whether a message that holds a number asks us about it and
// states nothing: 五十万够不够.
func onlyAsks(text string) bool {
	return len(clauses([]rune(text))) == 1 && regexp.MustCompile(`够不够|够(?:吗|么)|行不行`).MatchString(text)
}

// wordless answers a message of signs only. At the read-back a thumb is a yes;
// question marks ask what we mean.
func (t *turn) wordless(m Message) {
	n := t.s.Need(t.s.Active)
	switch {
	case n != nil && t.s.Phase == PhaseConfirming && strings.ContainsAny(m.Text, "👍👌✅🆗🙆"):
		t.confirm(n, m)
	case strings.ContainsAny(m.Text, "?？") && t.answerBy("faq_means"):
		t.again = true
	default:
		t.aside("wordless")
	}
}

// hasWords reports whether a text holds letters or figures.
func hasWords(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}
