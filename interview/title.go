package interview

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"tanxu/extract"
	"tanxu/need"
)

// maxTitle is the longest title, in characters; letters say less than
// characters, so titles in letters may have twice as many.
const maxTitle = 30

func fits(title string) bool {
	n := utf8.RuneCountInString(title)
	return n <= maxTitle || n <= 2*maxTitle && !han(title)
}

var (
	maker    = regexp.MustCompile(`(?:我们|公司|厂里|这边|咱家|咱们|我家)[^，。；\n]{0,4}?(?:是|主要)?(?:专门)?(?:做|生产|加工|搞|烧|织|染|印|铸|轧|炼|养|种|造|产|拉|压|组装)(?:的是)?([^，。；：、\n]{2,24}?)(?:的)?(?:[，。；：\n]|$)`)
	makes    = regexp.MustCompile(`(?i)\bwe (?:make|produce|manufacture|build|cast|process) ([a-z0-9][a-z0-9 /-]{2,38}?)(?: and\b| but\b| which\b| that\b| for\b|[,.;:]|$)`)
	output   = regexp.MustCompile(`(?:一年|年产|每年|月产|一个月)[^，。；\n]{0,12}(?:吨|只|台|件|片|根|平|枚|套|瓶|块|方|支|条)`)
	product  = regexp.MustCompile(`(?:产品(?:是|为|就是)?|做的是|^)([^，。；：、\n]{3,24})`)
	quantity = regexp.MustCompile(`^.{0,3}?(?:一年|年产|每年|月产|一个月)[0-9.一二三四五六七八九十百千万]+(?:吨|只|台|件|片|根|平|枚|套|瓶|块|支|条)的?`)
	leadIn   = regexp.MustCompile(`^(?:就是|主要|主要是|那个啥|那个|这个|产品是|产品|是|我念一下哈|嗯|哦|用的是|我们的|我们|你好|您好|另外|现在|现|改成|改为|做到|达到|[，、 ])+`)
	measured = regexp.MustCompile(`\p{Han}.*\d(?:mm|cm|kg|g|t|微克|毫米|厘米|克|公斤|吨|℃|度)?$|^\d+(?:\.\d+)?(?:mm|cm|kg|g|t|微克|毫米|厘米|克|公斤|吨|℃|度)?$`)
	fault    = regexp.MustCompile(`(?:\p{Han}{2}(?:以后|之后))?(?:老是|总是|容易|老|易)?(?:开裂|裂纹|变形|翘曲|超标|短路|断裂|断条|脱落|漏气|渗漏|波动|掉粉|起泡)(?:较?多|较?大|太?高|严重|厉害)?$|[太偏过较很]?[高低]$`)
	team     = regexp.MustCompile(`的?(?:专家|老师|教授|团队|高校|院所|师傅|单位)[吗呢]?$`)
	trailing = regexp.MustCompile(`(?:的|啊|呢|吧|了|哈|这边|那边|这块)+$`)
)

// retitle gives the need a title in the contact's own words: the object, what
// of it is to be reached, and in which direction. A title that the contact set
// stays.
func (t *turn) retitle(n *need.Need) {
	title := compose(n)
	if len(n.Routes) > 0 && !technical(n) {
		title = t.guide.Routes[n.Routes[0].Kind].Label.In(t.lang())
	}
	if title == "" {
		title = t.text("title_open")
	}
	if title == n.Title || t.s.talk(n.ID).titled {
		return
	}
	t.emit(need.Event{Kind: need.TitleSet, Need: n.ID, Note: title})
}

// compose joins the object and at most two properties within maxTitle
// characters; what does not fit whole is left out.
func compose(n *need.Need) string {
	object, goals := objectOf(n), aims(n)
	for i, g := range goals {
		title := joinNames(object, g.name)
		if !fits(title + g.direction) {
			if title = g.name; object != "" && i < len(goals)-1 || !fits(title+g.direction) {
				continue
			}
		}
		for _, more := range goals[i+1:] {
			both := title + g.direction + "与" + more.name + more.direction
			if !han(title) {
				both = title + ", " + more.name
			} else if more.direction == g.direction {
				both = title + "与" + more.name + g.direction
			}
			if fits(both) {
				return both
			}
		}
		return title + g.direction
	}
	return complaintTitle(n, object)
}

// complaintTitle names a need without rows by what is wrong, in words of the
// trade; by its object alone where the complaint is nothing but talk.
func complaintTitle(n *need.Need, object string) string {
	for _, item := range n.Field(need.KeyProblem).Items {
		for _, words := range pieces(item.Value.Text) {
			if !complains(words) || made(words) != "" {
				continue
			}
			shortest := 3
			if object != "" {
				shortest = 2
			}
			if name := faultName(words, shortest); name != "" && fits(joinNames(object, name)) {
				return joinNames(object, name)
			}
		}
	}
	if object != "" {
		if han(object) {
			object += "技术需求"
		}
		return object
	}
	for _, item := range n.Field(need.KeyProblem).Items {
		if !han(item.Value.Text) {
			return wholeWords(tidy(excerpt(item.Value.Text, maxTitle)))
		}
	}
	return ""
}

// wholeWords shortens a title to what fits, between words where it is in letters.
func wholeWords(title string) string {
	for !fits(title) {
		i := strings.LastIndexByte(title, ' ')
		if i <= 0 || han(title) {
			return cut(title, maxTitle)
		}
		title = title[:i]
	}
	return strings.TrimRight(title, " ,;:…")
}

// joinNames puts two names behind each other; what the first ends with and the
// second begins with is said once.
func joinNames(a, b string) string {
	if strings.Contains(b, a) {
		return b
	}
	if !han(a) && !han(b) {
		return a + ": " + b
	}
	first, second := []rune(a), []rune(b)
	for n := min(len(first), len(second)); n >= 2; n-- {
		if string(first[len(first)-n:]) == string(second[:n]) {
			return a + string(second[n:])
		}
	}
	return a + b
}

// aim is a property that is to be reached, and what is to become of it.
type aim struct{ name, direction string }

// aims are the properties that are to be reached, those first whose names read
// well.
func aims(n *need.Need) []aim {
	var well, ill []aim
	for _, row := range n.Indicators {
		name := strings.ReplaceAll(tidy(row.Name), "的", "")
		switch {
		case row.Target == nil || name == "":
		case property(name):
			well = append(well, aim{name, direction(row)})
		case utf8.RuneCountInString(name) <= 8 && !spoken(name):
			ill = append(ill, aim{name, direction(row)})
		}
	}
	return append(well, ill...)
}

// direction says what is to become of a quantity; names without Chinese go
// without it.
func direction(row *need.Indicator) string {
	atLeast, atMost := row.Op == need.AtLeast || row.Op == need.Above, row.Op == need.AtMost || row.Op == need.Below
	now, goal := row.Current, row.Target
	known := now != nil && now.Num2 == nil
	switch {
	case !han(row.Name):
		return ""
	case row.Op == need.PlusMinus, row.Op == need.Between, goal.Num2 != nil:
		return "控制"
	case known && goal.Num > now.Num && !atMost, !known && atLeast:
		return "提升"
	case known && goal.Num < now.Num && !atLeast:
		return "降低"
	default: // what is reached already may not get worse
		return "控制"
	}
}

// property reports whether words are the name of a quantity.
func property(name string) bool {
	if spoken(name) || utf8.RuneCountInString(name) > 14 {
		return false
	}
	if !han(name) {
		return true
	}
	for _, end := range []string{
		"率", "度", "力", "值", "量", "时间", "寿命", "系数", "差", "数", "耗", "比", "性", "阻", "温", "速", "厚", "压", "流", "噪声", "噪音", "功率", "面积",
		"成本", "周期", "节拍", "能力", "效", "收缩", "高", "深", "损", "损耗", "残留", "缺陷", "能量", "容量", "角", "长", "宽", "水平", "等级", "级",
	} {
		if strings.HasSuffix(name, end) {
			return true
		}
	}
	return false
}

// technicalTerms hold a sign of talk and are none.
const technicalTerms = "不锈 不良 不合格 不饱和 不匀 不均 不足 不圆 不齐 不平 不严 不透 有机 有色 有效 有害 有源 过滤 过氧 过渡 过载 打印 打磨 打孔 打标 打包 打压 着色 附着 被害 被动 不定形 会话 难燃 要素 透过率 通过率 掺杂 掺量 掺合 看板 得率 超过滤 不干净 不干 不开 不住"

// spoken reports whether words are talk, not the name of a thing.
func spoken(words string) bool {
	return strings.ContainsAny(masked(words), "我你您他她它这那哪谁最要想是有没不也还又了着过把被让跟但都就很太会看掺做打叫说问怎么吗呢吧啊缺难得%％：:（）()")
}

// objectOf is the product or process that a need is about, "" if no words name
// one.
func objectOf(n *need.Need) string {
	for _, k := range []need.Key{need.KeyProblem, need.KeyScene} {
		for _, item := range n.Field(k).Items {
			if object := thing(made(item.Value.Text)); object != "" {
				return object
			}
			if m := makes.FindStringSubmatch(item.Value.Text); m != nil {
				return strings.TrimSpace(m[1])
			}
		}
	}
	for _, item := range n.Field(need.KeyScene).Items {
		if m := product.FindStringSubmatch(item.Value.Text); m != nil {
			if object := thing(m[1]); object != "" {
				return object
			}
		}
	}
	for _, term := range extract.Terms(n) {
		if !slices.ContainsFunc(n.Indicators, func(row *need.Indicator) bool { return strings.Contains(row.Name, term) }) {
			return term
		}
	}
	return ""
}

// made is what a firm says that it makes, "" if it does not say.
func made(words string) string {
	m := maker.FindStringSubmatch(words)
	if m == nil || strings.HasPrefix(m[1], "件") { // 我们铸件气孔多 is no verb
		return ""
	}
	return m[1]
}

// thing turns words into the name of a thing of at most 14 characters: talk
// behind it and what it is for in front of it are left out; "" if none remains.
func thing(words string) string {
	const shortest, longest = 2, 14
	words = team.ReplaceAllString(tidy(words), "")
	r, plain := []rune(words), []rune(masked(words))
	for i := range r {
		if !spoken(string(plain[i])) {
			continue
		}
		if i < 4 {
			return ""
		}
		words = trailing.ReplaceAllString(string(r[:i]), "")
		break
	}
	for utf8.RuneCountInString(strings.ReplaceAll(words, "的", "")) > longest {
		_, rest, ok := cutAfter(words, "用的", "用", "的", "上", "里")
		if !ok {
			return ""
		}
		words = rest
	}
	words = fault.ReplaceAllString(strings.ReplaceAll(words, "的", ""), "")
	if utf8.RuneCountInString(words) < shortest || containsAny(words, "分钟", "公斤", "小时", "批次", "标准", "规则", "订单", "第", "总监", "经理", "主任") || measured.MatchString(words) ||
		!strings.ContainsFunc(words, func(r rune) bool { return unicode.Is(unicode.Han, r) || unicode.IsUpper(r) }) {
		return ""
	}
	return words
}

func han(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// cutAfter cuts behind the first of the marks that stands in words.
func cutAfter(words string, marks ...string) (before, after string, ok bool) {
	for _, m := range marks {
		if before, after, ok = strings.Cut(words, m); ok {
			return before, after, true
		}
	}
	return words, "", false
}

// bareNoun reports whether a clause is nothing but the name of a thing.
func bareNoun(words string) bool {
	n := utf8.RuneCountInString(words)
	return n >= 3 && n <= 12 && !hasNumber(words) && !general(words) && !greets(words) && !hesitation(words) && !strings.ContainsAny(words, "不我你您他它这那想要有是在了没老太很能就都么吗呢吧啊急快说看听帮做搞找替请给过摆愁烦死：()（）【】钟天点年月") &&
		!containsAny(words, "公司", "企业", "车间", "登记", "需求", "部门", "老师") &&
		han(words)
}

// tidy takes off what people say around a name.
func tidy(s string) string {
	s = leadIn.ReplaceAllString(line(s), "")
	s = quantity.ReplaceAllString(s, "")
	if _, after, ok := strings.Cut(s, "是"); ok && utf8.RuneCountInString(after) >= 3 {
		s = after
	}
	return trailing.ReplaceAllString(s, "")
}
