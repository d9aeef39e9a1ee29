package interview

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

var (
	// opens and closes are what people put around a complaint.
	opens  = regexp.MustCompile(`^(?:我想问一?下|想?问一?下|请问|好像|可能|大概|应该|就是说?|那个|这个|主要是?|一个是|还有一个是?|另外还?|还有|[一二两三]是|是|第[一二三]个?是?|我们|咱们|咱家|咱|我家|厂里|车间里?|公司|这边|那边|现在|眼下|最近|目前|老板说|想要?|希望能?|能不能|要|怎么样?|如何|才能?|能|解决一?下?|搞定|弄好|把|那种|的)+`)
	closes = regexp.MustCompile(`(?:的?(?:事情?|问题|情况|毛病|现象)|怎么办|呢|吗|了|啊|呀|吧|的|哦|得很|得厉害|厉害|想?(?:一块|一起|一并)?(?:儿)?(?:解决|搞定|弄好)(?:掉|一下)?|一[点些]|起来)+$`)
	often  = regexp.MustCompile(`老是|老爱|老容易|总是|总会|总有|老有|经常|时不时|动不动就|一直|容易|老|总|特别|非常|有点|比较|一\p{Han}{1,3}就|\p{Han}(?:出来|好了?|完)(?:以后|之后)?|以后|之后`)
	needs  = regexp.MustCompile(`^(.{2,16}?)再?(提高|提升|降低|减少|缩短|改善)$`)
)

// turn of a complaint into what is wanted: ends of words, and what to call it.
type wanted struct {
	end  *regexp.Regexp
	name string
}

var wants = []wanted{
	{regexp.MustCompile(`(?:太|又|很|就是)?费(?:天然)?气$`), "气耗降低"},
	{regexp.MustCompile(`(?:太|又|很|就是)?费电$`), "电耗降低"},
	{regexp.MustCompile(`(?:太|又|很|就是)?费水$`), "水耗降低"},
	{regexp.MustCompile(`(?:太|又|很|就是)?费人工?$`), "用工减少"},
	{regexp.MustCompile(`(?:一直|总是|老)?(?:下不来|降不下来|居高不下)$`), "降低"},
	{regexp.MustCompile(`(?:一直|总是|老)?(?:上不去|提不上去|不高|太低|偏低|较低|不达标|达不到)$`), "提升"},
	{regexp.MustCompile(`(?:波动(?:太|很|较)?大|忽高忽低|忽大忽小|不稳定|不稳)$`), "稳定性提升"},
	{regexp.MustCompile(`[太偏过较很]?高$`), "降低"},
	{regexp.MustCompile(`(?:[太偏过较很]?(?:低|差)|不行|不好|不够)$`), "提升"},
	{regexp.MustCompile(`(?:太|偏|过|较|很)(?:大|长|重)$|[太偏过较很]?多$`), "控制"},
	{regexp.MustCompile(`(?:太|又|很)慢$`), "提速"},
}

// faultName makes a noun phrase of a complaint in plain words, such as 退火炉气耗
// 降低 of 我们那个退火炉太费气了, "" where talk remains in it.
func faultName(clause string, shortest int) string {
	const longest = 20
	s := line(clause)
	wish := containsAny(s, "想", "把", "希望", "要")
	if strings.HasSuffix(s, "出来") {
		s = strings.TrimSuffix(s, "来")
	}
	for was := ""; s != was; {
		was, s = s, closes.ReplaceAllString(opens.ReplaceAllString(s, ""), "")
	}
	s = strings.NewReplacer("里的", "", "上的", "", "里面的", "", "当中", "", "的", "").Replace(s)
	name := ""
	if m := needs.FindStringSubmatch(s); m != nil {
		name = often.ReplaceAllString(m[1], "") + m[2]
	}
	for _, w := range wants {
		if at := w.end.FindStringIndex(s); name == "" && at != nil && at[0] > 0 && quantityBefore(w, s[:at[0]]) {
			name = often.ReplaceAllString(s[:at[0]], "") + w.name
		}
	}
	if name == "" {
		name = strings.Replace(often.ReplaceAllString(s, ""), "有", "", 1)
		if !wish {
			name += "问题"
		}
	}
	n := utf8.RuneCountInString(name)
	if body := strings.TrimSuffix(name, "问题"); utf8.RuneCountInString(body) < shortest || n > longest || !han(name) || spoken(masked(body)) || hasNumber(body) {
		return ""
	}
	return name
}

// quantityBefore reports whether what is to rise or to fall is a quantity.
func quantityBefore(w wanted, words string) bool {
	return w.name != "提升" || property(often.ReplaceAllString(words, "")) || strings.HasSuffix(words, "质量") || strings.HasSuffix(words, "品质")
}

// pieces are the clauses of a text, parted also where people count on without a
// comma: 一是毛刺多二是尺寸超差.
func pieces(s string) []string {
	var list []string
	text := []rune(s)
	for _, c := range clauses(text) {
		for _, p := range counting.Split(string(text[c.start:c.end]), -1) {
			if p != "" {
				list = append(list, p)
			}
		}
	}
	return list
}

var counting = regexp.MustCompile(`[一二三]是|第[一二三]个?是?|还有一个是?|另外还?(?:想|要)?|另一个是?`)

// masked hides the words that hold a sign of talk and are none.
func masked(words string) string {
	for w := range strings.FieldsSeq(technicalTerms) {
		words = strings.ReplaceAll(words, w, strings.Repeat("某", utf8.RuneCountInString(w)))
	}
	return words
}
