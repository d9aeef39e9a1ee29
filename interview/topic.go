package interview

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"tanxu/extract"
	"tanxu/need"
)

// topics are the coded fields that the words of a text name.
func topics(text string) []need.Key {
	text = strings.ToLower(text)
	var keys []need.Key
	for _, about := range []struct {
		key   need.Key
		words []string
	}{
		{need.KeyBudget, []string{"预算", "经费", "投入", "多少钱", "花钱", "出钱", "的钱", "研发费", "资金", "万元", "budget", "spend"}},
		{need.KeyDeadline, []string{"期限", "时限", "时间", "什么时候", "个月", "年底", "月底", "月前", "月份", "号前", "年内", "deadline", "months", "by the end"}},
		{need.KeyCoopMode, []string{"合作方式", "委托", "合作研发", "技术服务", "joint", "commission"}},
		{need.KeyIPTerms, []string{"知识产权", "专利", "产权", "成果归", "patent", "ownership"}},
		{need.KeyConfidentiality, []string{"保密", "公开", "脱敏", "confidential", "public"}},
	} {
		if containsAny(text, about.words...) {
			keys = append(keys, about.key)
		}
	}
	return keys
}

// more reads a text once more for coded fields that it names but that the first
// reading, which looked for something else, could not see.
func (t *turn) more(m Message, r extract.Reading) extract.Reading {
	seen := func(k need.Key) bool {
		return slices.ContainsFunc(r.Values, func(f extract.Found) bool { return f.Key == k })
	}
	coded := len(t.asked.Keys) > 0 && t.asked.Keys[0].Shape() > need.List && t.asked.Keys[0] != need.KeyIndicator
	if t.s.Phase == PhaseInterviewing {
		r.Marks = append(r.Marks, t.refusals(m, r)...)
	}
	switch {
	case t.s.Phase == PhaseConfirming || t.s.Phase == PhaseDone:
		for _, k := range topics(m.Text) {
			if seen(k) {
				continue
			}
			for _, f := range t.read.Read(m.Text, t.context(m, []need.Key{k})).Values {
				if f.Key == k && f.Checks.Rule {
					r.Values = append(r.Values, f)
				}
			}
		}
	case coded:
		for _, k := range topics(m.Text) {
			if seen(k) || slices.Contains(t.asked.Keys, k) {
				continue
			}
			for _, f := range t.read.Read(m.Text, t.context(m, []need.Key{k})).Values {
				if f.Key == k && f.Checks.Rule {
					r.Values = append(r.Values, f)
				}
			}
		}
		c := t.context(m, nil)
		c.Asked = nil
		for _, f := range t.read.Read(m.Text, c).Values {
			if f.Key.Shape() > need.List && f.Checks.Rule && !seen(f.Key) && !slices.Contains(t.asked.Keys, f.Key) {
				r.Values = append(r.Values, f)
			}
		}
	}
	return r
}

// refusing finds a clause that keeps a topic out of the talk: 钱的事先别谈.
var refusing = regexp.MustCompile(`^(?:先)?(?:别|不要|甭|不)(?:谈|问|说|提|聊|管)[^，。]{1,8}$|(?:别|不要|甭|先不|不想|不方便|不便|不能)(?:跟你|和你|再|先)?(?:谈|问|说|提|聊|管|讲|透露)(?:我|我们|它)?(?:了|吧|啊|呢|它)?$|免谈|do(?:n't| not) ask|rather not`)

// refusals are the fields that a contact refuses to speak of though they were
// not asked: "预算别问".
func (t *turn) refusals(m Message, r extract.Reading) []extract.Mark {
	text := []rune(m.Text)
	var marks []extract.Mark
	for _, c := range clauses(text) {
		words := strings.ToLower(line(string(text[c.start:c.end])))
		if !refusing.MatchString(words) {
			continue
		}
		for _, k := range refusable(words) {
			if !slices.ContainsFunc(r.Marks, func(o extract.Mark) bool { return o.Key == k && o.Status == need.Declined }) {
				marks = append(marks, extract.Mark{Key: k, Status: need.Declined, Quote: evidence(m, text, c)})
			}
		}
	}
	return marks
}

// refusable are the commercial fields that the words of a refusal name.
func refusable(words string) []need.Key {
	var keys []need.Key
	for _, about := range []struct {
		key   need.Key
		words []string
	}{
		{need.KeyBudget, []string{"钱", "费用", "预算", "经费", "投入", "价", "budget", "money"}},
		{need.KeyIPTerms, []string{"专利", "产权", "成果", "patent", "ownership"}},
		{need.KeyDeadline, []string{"时间", "期限", "时限", "deadline"}},
		{need.KeyCoopMode, []string{"合作方式", "怎么合作"}},
		{need.KeyDecisionOwner, []string{"谁定", "谁拍板", "谁批"}},
	} {
		if containsAny(words, about.words...) {
			keys = append(keys, about.key)
		}
	}
	return keys
}

var (
	submitting    = regexp.MustCompile(`提交|确认|没有?问题|无误|没有?错|对的|都对|submit|confirm|correct`)
	notSubmitting = regexp.MustCompile(`(?:不|别|未|没有?|暂缓|改天再?|下次再?|回头再?|明天再?|之后再?|晚点再?)(?:要|用|能|想|急着?|着急|忙|来)?(?:提交|确认)|(?:not|n't) (?:submit|confirm)`)
)

// submits reports whether words that end the talk also say that the card is right.
func submits(text string) bool {
	words := strings.ToLower(text)
	return submitting.MatchString(words) && !notSubmitting.MatchString(words)
}

// agrees reports whether a message only says yes to a read-back.
func agrees(text string) bool {
	rest := strings.ToLower(strings.Map(func(r rune) rune {
		if unicode.IsPunct(r) || unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, text))
	if rest == "" || len([]rune(rest)) > 24 {
		return false
	}
	words := []string{
		"没有要改的", "没什么要改", "没有问题", "没问题", "确认无误", "准确无误", "没有错", "没错", "无误", "就这样", "就按这个", "按这个", "提交", "确认",
		"可以", "正确", "是的", "对的", "好的", "同意", "都对", "全对", "对", "好", "行", "嗯", "是", "吧", "了", "啊", "呢", "都", "全部", "全", "看过", "我", "您", "就", "挺", "很",
		"confirmed", "confirm", "correct", "allright", "right", "looksgood", "itis", "thatis", "fine", "good", "okay", "ok", "yes", "all", "submit", "it",
	}
	said := false
	for rest != "" {
		i := slices.IndexFunc(words, func(w string) bool { return strings.HasPrefix(rest, w) })
		if i < 0 {
			return false
		}
		said = said || len([]rune(words[i])) > 1 || words[i] == "对" || words[i] == "好" || words[i] == "行" || words[i] == "嗯" || words[i] == "是"
		rest = rest[len(words[i]):]
	}
	return said
}
