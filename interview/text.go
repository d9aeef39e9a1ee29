package interview

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tanxu/need"
)

// span is a part of a text, in runes.
type span struct{ start, end int }

// sentences splits a text at full stops, question marks, semicolons and line
// breaks; the marks stay outside.
func sentences(text []rune) []span { return split(text, "。！？!?；;\n\r") }

// clauses splits further, at commas and colons.
func clauses(text []rune) []span {
	if spaced(text) {
		return split(text, " 　")
	}
	return split(text, "。！？!?；;\n\r，,：")
}

// spaced reports whether a text has blanks in the place of marks, as what is
// heard in a voice note, and what people type in haste, often has.
func spaced(text []rune) bool {
	blanks := 0
	for i, r := range text {
		switch {
		case strings.ContainsRune("。！？!?；;，,：", r):
			return false
		case (r == ' ' || r == '　') && i > 0 && i+1 < len(text) && unicode.Is(unicode.Han, text[i-1]) && unicode.Is(unicode.Han, text[i+1]):
			blanks++
		}
	}
	return blanks > 0
}

func split(text []rune, marks string) []span {
	var spans []span
	start := 0
	for i := 0; i <= len(text); i++ {
		if i < len(text) && !strings.ContainsRune(marks, text[i]) {
			continue
		}
		if s := trim(text, span{start, i}); s.start < s.end {
			spans = append(spans, s)
		}
		start = i + 1
	}
	return spans
}

// trim takes white space, and characters that nobody sees, off both ends.
func trim(text []rune, s span) span {
	for s.start < s.end && blank(text[s.start]) {
		s.start++
	}
	for s.start < s.end && blank(text[s.end-1]) {
		s.end--
	}
	return s
}

// bare is a text without white space, and without characters that nobody sees,
// at both ends.
func bare(s string) string { return strings.TrimFunc(s, blank) }

func blank(r rune) bool {
	return unicode.IsSpace(r) || unicode.Is(unicode.Cf, r) || unicode.IsControl(r)
}

// readable reports whether a text holds anything that people read.
func readable(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool {
		return unicode.IsLetter(r) || unicode.IsNumber(r) || unicode.Is(unicode.So, r) || unicode.IsPunct(r)
	}) && !strings.ContainsRune(text, unicode.ReplacementChar)
}

// evidence returns the words of a span of a message.
func evidence(m Message, text []rune, s span) need.Evidence {
	return need.Evidence{Ref: ref(m.ID), Start: s.start, End: s.end, Quote: string(text[s.start:s.end])}
}

func ref(id need.MessageID) string { return "message:" + string(id) }

// grounded reports whether each quote stands at its place in the message.
func grounded(m Message, evidence []need.Evidence) bool {
	text := []rune(m.Text)
	for _, e := range evidence {
		if e.Ref != ref(m.ID) || e.Start < 0 || e.Start >= e.End || e.End > len(text) || string(text[e.Start:e.End]) != e.Quote {
			return false
		}
	}
	return len(evidence) > 0
}

// line returns a text on one line, without question marks, so that it can be
// quoted inside a question.
func line(s string) string {
	s = strings.Join(strings.FieldsFunc(s, func(r rune) bool { return r == '\n' || r == '\r' }), "，")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == '?' || r == '？' || r == '“' || r == '”':
			return -1
		case unicode.Is(unicode.Cf, r) || unicode.IsControl(r):
			return -1
		}
		return r
	}, s)
	trimmed := strings.TrimFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune("，。、；：！,.;:!~—-…", r)
	})
	if below := "-" + trimmed; trimmed != "" && trimmed[0] >= '0' && trimmed[0] <= '9' && strings.Contains(s, below) {
		return below // -30到85度
	}
	return trimmed
}

// cut shortens a text to max runes.
func cut(s string, limit int) string {
	r := []rune(s)
	if len(r) <= limit {
		return s
	}
	return string(r[:limit-1]) + "…"
}

// excerpt is a few of the contact's own words, for an acknowledgement.
func excerpt(s string, limit int) string {
	text := []rune(s)
	if !strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
		limit *= 3 // letters say less than characters
	}
	for _, c := range clauses(text) {
		if m := worst.FindStringSubmatch(line(string(text[c.start:c.end]))); m != nil {
			return cut(m[1], limit)
		}
	}
	for _, c := range clauses(text) {
		if words := fact(string(text[c.start:c.end])); utf8.RuneCountInString(words) >= 4 && technicalWords(words) {
			return cut(words, limit)
		}
	}
	for _, c := range clauses(text) {
		if words := fact(string(text[c.start:c.end])); len([]rune(words)) >= 3 && !greets(words) && !tiredOnly.MatchString(words) && !containsAny(words, hurried()...) && !introduces(words) && !maker.MatchString(words) {
			return cut(words, limit)
		}
	}
	for _, c := range clauses(text) {
		if words := line(string(text[c.start:c.end])); len([]rune(words)) >= 3 && !greets(words) && !tiredOnly.MatchString(words) && !introduces(words) {
			return cut(words, limit)
		}
	}
	return cut(line(s), limit)
}

// holds reports whether a text has another one in it, punctuation aside.
func holds(text, part string) bool {
	letters := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return r
			}
			return -1
		}, s)
	}
	return strings.Contains(letters(text), letters(part))
}

// bigrams are the pairs of neighbouring letters and digits of a text.
func bigrams(s string) map[string]int {
	grams := map[string]int{}
	var before rune
	for _, r := range strings.ToLower(s) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			continue
		}
		if before != 0 {
			grams[string([]rune{before, r})]++
		}
		before = r
	}
	return grams
}

// overlap is the share of a's bigrams that b has too.
func overlap(a, b string) float64 {
	ga, gb := bigrams(a), bigrams(b)
	if len(ga) == 0 {
		return 0
	}
	both := 0
	for g := range ga {
		if gb[g] > 0 {
			both++
		}
	}
	return float64(both) / float64(len(ga))
}

func hasDigit(s string) bool { return strings.ContainsFunc(s, unicode.IsDigit) }

// counted finds a numeral before a measure word: 三批, 半年, 百分之二.
var counted = regexp.MustCompile(`[一二两三四五六七八九十百千万半几](?:个[^人方问样性]|批|次|年|天|周|吨|件|成|台|套|炉|班|条|片|只|桶|根|卷|万|块|毛|丝|度|米|公斤|倍)|百分之`)

// hasNumber also knows numerals written as words, such as 四百八十 or 三批.
func hasNumber(s string) bool {
	if hasDigit(s) || counted.MatchString(s) {
		return true
	}
	run := 0
	for _, r := range s {
		if !strings.ContainsRune("一二三四五六七八九十百千万亿两零〇半", r) {
			run = 0
			continue
		}
		if run++; run >= 2 {
			return true
		}
	}
	return false
}

func containsAny(s string, words ...string) bool {
	for _, w := range words {
		if strings.Contains(s, w) {
			return true
		}
	}
	return false
}

// hesitation reports whether a short sentence only says that the answer is not at
// hand.
func hesitation(s string) bool {
	word := line(s)
	return utf8.RuneCountInString(word) <= 14 && !hasNumber(word) && containsAny(word,
		"说不太清", "说不清", "说不好", "不好说", "说不上来", "不清楚", "不太清楚", "不知道", "不晓得", "不了解", "没想过", "hard to say", "don't know", "not sure")
}

// complaints are the sentences of a first message that say what is wrong; all of
// them if none does. Requests to us and talk about the weather are left out.
func complaints(text []rune, all []span) []span {
	kept := slices.DeleteFunc(slices.Clone(all), func(s span) bool {
		return introduces(string(text[s.start:s.end])) || !complains(string(text[s.start:s.end]))
	})
	if len(kept) == 0 {
		return all
	}
	asks := slices.DeleteFunc(slices.Clone(kept), func(s span) bool {
		words := string(text[s.start:s.end])
		return containsAny(words, "你们能", "谁做过", "有没有人", "能不能帮", "帮我们找", "帮忙找", "帮忙瞧", "帮忙看", "怎么登记", "直接给人", "有没有搞", "先这样说", "听我唠", "你接着问", "can you help")
	})
	if len(asks) > 0 {
		return asks
	}
	return kept
}

// complains reports whether words say that something is wrong, or is wanted.
func complains(words string) bool {
	return technicalWords(words) || containsAny(words,
		"不", "老是", "太", "掉", "裂", "漏", "冒", "烂", "脱", "堵", "停", "超", "偏", "慢", "差", "赔", "退", "投诉", "返", "断", "翘", "起皮",
		"发黑", "斑", "异味", "费", "高", "低", "难", "坏", "烫", "没过", "没通过", "鼓", "霉", "渣", "气孔", "老起", "老有", "老出", "总有", "总是", "麻点", "毛刺", "砂眼", "缩孔", "缩松", "夹杂", "夹渣", "飞边", "缩水", "流痕", "划伤", "压痕", "虚焊", "跑偏", "打滑", "气泡", "针孔", "变形", "色差", "橘皮", "崩", "脆", "粘", "卡死", "起泡", "喘", "缺", "锈", "响", "抖", "想", "要", "trouble", "problem", "fail", "too ", "not ", "need", "want")
}

var (
	// allSaid finds that there is no more of what was asked, around is what people
	// put around that.
	allSaid = regexp.MustCompile(`^(?:` + around + `)*(?:没有?了|没有|没啥了?|没什么了?|没了?别的|没有?(?:别的|其他的?|其它的?|更多|另外的)|不用了|就(?:是)?这些|就这么多|就这几个|就这样|都?说完了?|都说了|全了|齐了|无)(?:` + around + `|了|啦|吧|哈|呢|啊|啥|可说|要补充|要说|没有?了?|就这些|就这么多)*$`)
	nomore  = regexp.MustCompile(`^(?:nothing else|that'?s all|that is all|no more|none|no|nope|nothing more)$`)
)

const around = `嗯|好的?|哦|那|我们?|这边|暂时|目前|现在|应该|基本上?|大概|差不多|也|就|别的|其[他它]的?|另外|更多|再|真的?|都|的|指标|要求|限制|办法|[，,、。. ！!]`

// nothingMore reports whether a short text says that all has been said.
func nothingMore(s string) bool {
	word := strings.ToLower(line(s))
	return utf8.RuneCountInString(word) <= 14 && (allSaid.MatchString(word) || nomore.MatchString(word))
}

// greetingOff takes a greeting off the front of a sentence.
func greetingOff(text []rune, s span) span {
	list := clauses(text[s.start:s.end])
	if len(list) == 0 {
		return s
	}
	c := list[0]
	if c.end < s.end-s.start && greets(string(text[s.start+c.start:s.start+c.end])) {
		return trim(text, span{s.start + c.end + 1, s.end})
	}
	return s
}

func greets(words string) bool {
	words = strings.TrimLeft(strings.TrimRight(words, "呀啊哈哦～~"), "唉哎诶嗯哦啊")
	for _, to := range []string{"师傅", "老师", "领导", "经理", "专家", "同志", "各位", "机器人", "小助手"} {
		if rest := strings.TrimPrefix(words, to); rest != "" && rest != "好" {
			words = rest
		}
	}
	switch words {
	case "你好", "您好", "你们好", "你好你好", "老师好", "老师好呀", "老师您好", "哈喽", "哈喽你好", "嗨", "喂", "喂喂", "在吗", "hello", "hi", "Hello", "Hi":
		return true
	}
	return false
}

// introducing finds clauses in which contacts say who they are, why they write,
// or what they will not say.
var introducing = regexp.MustCompile(`^我?也?(?:是|在)[^，。]{1,8}(?:的|部|科|室|办|岗)$|(?:领导|老板|上面|公司|主任|厂长)(?:让|叫|要|安排|派)我|(?:让|叫)我(?:来)?(?:填|报|问|登记)|^我?(?:也|又)?不太?(?:懂|会|清楚)(?:技术)?的?$|^(?:想|我想)?(?:问|咨询|了解)(?:一)?下$|(?:不能|不便|不方便)(?:多|细)?(?:说|讲|透露)$|^(?:我们|咱|厂里|公司|这边|最近|今天|这阵子)*(?:事情?(?:太|真|很)?多|(?:太|很|真|正|挺)?忙)(?:得很|死了|啊|呀|呢)?$`)

func introduces(words string) bool { return introducing.MatchString(line(words)) }

// noteHurry is the remark that a contact is short of time; it stands in the
// events, so its words do not change.
const noteHurry = "in a hurry"

// hurried are words of a contact who is short of time.
func hurried() []string {
	return []string{"十分钟", "几分钟", "五分钟", "赶时间", "没时间", "没空", "长话短说", "快一点", "赶着", "候机", "马上开会", "short of time", "in a hurry"}
}

// filler reports whether a sentence carries the talk only: 嗯, 好的, 是吧.
func filler(s string) bool {
	word := line(s)
	if utf8.RuneCountInString(word) > 6 {
		return false
	}
	switch strings.ToLower(word) {
	case "", "嗯", "唉", "哎", "诶", "好", "好的", "是的", "对", "是吧", "哦", "啊", "行", "可以的", "ok", "yes", "那个啥", "你好", "您好", "在吗", "在不在", "谢谢", "喂喂", "喂":
		return true
	}
	return false
}
