package extract

import (
	"regexp"
	"strings"
	"unicode"

	"tanxu/need"
)

// nameOf reads the name of a quantity from the words before its number: the
// nearest noun phrase, without the words of time, wish and comparison around it.
func nameOf(before string) string {
	s := phrase(saidOf(before))
	if s != "" && hasAnySuffix(strings.TrimSpace(before), "掉", "下降", "跌") && !strings.HasSuffix(s, "下降") {
		s += "下降" // 分散率会掉20个百分点: not the share itself
	}
	return s
}

// saidOf are the words that may name a quantity, whether they are a noun phrase
// or not.
func saidOf(before string) string {
	s := strings.NewReplacer("现在", "", "目前", "", "的话", "", "啊", "，", "嘛", "，").Replace(before)
	s = pairedNames.ReplaceAllStringFunc(s, func(list string) string { return strings.ReplaceAll(list, "、", pairMark) })
	for _, cut := range []string{"使得", "使", "将", "确保", "保证", "实现", "满足", "具有", "具备", "并且", "而且", "同时", "其中", "另外", "即", "如下", "包括", "说的是", "记的", "写的", "写着", "打出来", "那个", "说"} {
		if i := strings.LastIndex(s, cut); i >= 0 && i+len(cut) < len(s) {
			s = s[i+len(cut):]
		}
	}
	s = trimWords(s, nameLeads(), nameTails())
	breaks := "，,；;。、：: \t\n（("
	if latinOnly(s) {
		breaks = ",;:\t\n(" // the words of a name are parted by spaces
	}
	if i := strings.LastIndexAny(s, breaks); i >= 0 {
		_, width := decode(s[i:])
		if rest := trimWords(s[i+width:], nameLeads(), nameTails()); len([]rune(rest)) >= 2 {
			s = rest
		} else {
			s = trimWords(s[:i], nameLeads(), nameTails())
		}
	}
	s = strings.TrimFunc(s, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) })
	if runes := []rune(s); len(runes) > maxName {
		s = tailNoun(runes)
	}
	return strings.ReplaceAll(meaningful(s), pairMark, "、")
}

// pairedNames finds short words that one name has in common: X、Y方向的漂移, 长、宽、高.
var pairedNames = regexp.MustCompile(`(?:^|[，。；：,;:\s])(?:[A-Zα-ω]{1,2}|[长宽高厚正反横纵内外上下左右前后冷热干湿经纬径轴])(?:、(?:[A-Zα-ω]{1,2}|[长宽高厚正反横纵内外上下左右前后冷热干湿经纬径轴]))+`)

// pairMark keeps the places of 、 in them while names are parted at 、.
const pairMark = "\u2044"

// maxName is how long the name of a quantity may be.
const maxName = 18

func decode(s string) (rune, int) {
	for _, r := range s {
		return r, len(string(r))
	}
	return 0, 0
}

// tailNoun shortens a long phrase to what follows its last 的 or verb.
func tailNoun(runes []rune) string {
	s := string(runes)
	for _, cut := range []string{"的", "了", "把", "对", "在", "从", "由"} {
		if i := strings.LastIndex(s, cut); i >= 0 && len([]rune(s[i+len(cut):])) >= 2 {
			return s[i+len(cut):]
		}
	}
	return string(runes[len(runes)-maxName:])
}

// meaningful returns s if it can name a quantity, else "".
func meaningful(s string) string {
	switch s {
	case "年", "月", "每", "其", "它", "他", "我", "你", "这", "那", "一", "两", "一共", "左右", "时间里", "里头", "以后", "以前", "上面", "下面", "这个", "那个", "数", "数据", "现场", "后面", "前面", "每个", "每批", "一批", "一年", "一天", "一个月":
		return ""
	}
	if timesInAll.MatchString(s) || strings.IndexFunc(s, unicode.IsLetter) < 0 || strings.Trim(s, "零一二两三四五六七八九十百千万点0123456789.%- ") == "" {
		return ""
	}
	return s
}

// timesInAll finds a count that is no name: 两次一共, 三批下来.
var timesInAll = regexp.MustCompile(`^` + figure + `+[次回批遍趟笔家][货]?(?:就|都)?(?:一共|总共|合计|共|加起来|下来|合起来)?$`)

// trimWords strips the words from both ends until none is left there.
func trimWords(s string, leads, tails []string) string {
	for changed := true; changed && s != ""; {
		changed = false
		t := strings.TrimSpace(s)
		for _, w := range leads {
			if rest, ok := strings.CutPrefix(t, w); ok && !startsWord(w, rest) {
				t = rest
				break
			}
		}
		for _, w := range tails {
			if rest, ok := strings.CutSuffix(t, w); ok && !inWord(rest, w) {
				t = rest
				break
			}
		}
		t = trimMarker(t)
		changed, s = t != s, t
	}
	return s
}

// verbLast turns 降低整体质量 into 整体质量降低, as a difference is named.
func verbLast(name string) string {
	for _, v := range []string{"提高", "提升", "增加", "降低", "减少", "缩短", "减小", "延长"} {
		if rest, ok := strings.CutPrefix(name, v); ok && len([]rune(rest)) >= 2 {
			return rest + v
		}
	}
	return name
}

// quantityLike reports whether a name ends like the name of something measured.
func quantityLike(name string) bool {
	if n := len(name); n >= 3 && isUpper(name[n-1]) && isUpper(name[n-2]) && isUpper(name[n-3]) {
		return true // COD, RSD
	}
	return hasAnySuffix(name, "率", "度", "量", "值", "数", "性", "强", "力", "压", "阻", "耗", "寿命", "比", "差", "温", "能", "时间", "损", "效", "面积", "厚", "宽", "长", "高", "深", "径", "速", "频", "容", "功", "水", "级", "周期", "节拍", "噪声", "噪音", "成本", "产能", "重量", "距离", "间隙", "频率", "含", "RSD", "老化", "收缩", "膨胀", "漂移", "剥离", "残留", "残渣", "良率", "时长", "耗电", "用电", "耗水", "用水", "耗气", "电流", "电位", "波动", "载荷", "负荷", "张力", "浊度", "色差")
}

func isUpper(b byte) bool { return b >= 'A' && b <= 'Z' }

// lowerIsBetter reports whether the quantity is one that everybody wants small.
func lowerIsBetter(name, unit string) bool {
	if u, ok := need.NormalUnit(unit); strings.Contains(name, "精度") && ok && (u.Base == "m" || u.Base == "°") {
		return true
	}
	return containsAny(name, "耗", "不良", "缺陷", "损", "废", "渣", "噪", "误差", "偏差", "公差", "裂", "成本", "残留", "泄漏", "渗漏", "孔隙", "粗糙", "翘曲", "变形", "收缩率", "故障", "返修", "次品", "杂质", "排放", "节拍", "周期", "漏")
}

// perUnit returns the unit that a value is counted by, if the words before it
// end their sentence with one: 一米弯1.2毫米, 一吨产品吃5公斤.
func perUnit(before string) string {
	for _, u := range []string{"平方米", "平米", "立方米", "米", "吨", "小时", "分钟", "根", "块", "只", "件", "片", "瓶", "炉", "卷", "套", "台", "张", "升", "公斤"} {
		if i := strings.Index(before, "一"+u); i >= 0 && !hasAnySuffix(before[:i], "离", "距", "隔", "高", "宽", "长", "厚") || strings.HasSuffix(before, "每"+u) {
			return u
		}
	}
	return ""
}

// startsWord reports whether a small word at the start belongs to the word that
// goes on behind it: 能耗, 应力, 使用寿命.
func startsWord(w, rest string) bool {
	switch w {
	case "能":
		return hasPrefix(rest, "耗", "量", "效", "见")
	case "应":
		return hasPrefix(rest, "力", "变", "答")
	case "使":
		return hasPrefix(rest, "用")
	case "可":
		return hasPrefix(rest, "靠", "焊", "塑", "燃", "溶", "见")
	case "对":
		return hasPrefix(rest, "比", "位", "中", "准", "称")
	case "和":
		return hasPrefix(rest, "面", "易")
	case "并":
		return hasPrefix(rest, "网", "联", "发")
	case "个":
		return hasPrefix(rest, "数", "体")
	}
	return false
}

// inWord reports whether a small word at the end belongs to the word before it:
// 产能, 实现, 获得.
func inWord(rest, w string) bool {
	switch w {
	case "能":
		return hasAnySuffix(rest, "产", "性", "功", "节", "储", "电", "热", "智", "光", "动", "机", "潜", "势")
	case "现":
		return hasAnySuffix(rest, "实", "表", "出", "呈", "发", "体")
	case "得":
		return hasAnySuffix(rest, "取", "获", "所", "值", "使")
	case "要":
		return hasAnySuffix(rest, "主", "重", "必", "摘")
	case "会":
		return hasAnySuffix(rest, "社", "机")
	case "常":
		return hasAnySuffix(rest, "正", "异", "经", "日")
	case "可":
		return hasAnySuffix(rest, "许", "认")
	case "为":
		return hasAnySuffix(rest, "行", "人", "作", "成", "因")
	case "到", "至":
		return hasAnySuffix(rest, "直", "甚", "遇", "感")
	case "有":
		return hasAnySuffix(rest, "所", "没", "含", "固", "特")
	case "后":
		return true
	case "均":
		return hasAnySuffix(rest, "平", "不")
	}
	return false
}

// trimMarker drops a list marker such as "3、" or "(2)" at the start.
func trimMarker(s string) string {
	t := strings.TrimLeft(s, "(（")
	digits := strings.TrimLeft(t, "0123456789一二三四五六七八九十①②③④⑤⑥⑦⑧⑨⑩")
	if digits == t || len(t)-len(digits) > 6 {
		return s
	}
	if rest := strings.TrimLeft(digits, ")）、.．"); rest != digits {
		if digits[0] == '.' && rest != "" && rest[0] >= '0' && rest[0] <= '9' {
			return s // 0.3兆帕 is a number
		}
		return rest
	}
	if strings.ContainsAny(t[:len(t)-len(digits)], "①②③④⑤⑥⑦⑧⑨⑩") {
		return digits
	}
	return s
}

func nameLeads() []string {
	return []string{
		"而且", "并且", "同时", "其中", "另外", "还有一个", "还有个", "还有", "以及", "达到", "要求", "预期目标为", "目标为", "目标是", "预期", "这个", "那个", "我们的", "我们", "我司", "客户", "人家", "就是",
		"目前", "现在", "现有", "现状", "眼下", "当前", "例如", "能够", "可以", "希望", "争取", "力争", "通过", "最终", "至于", "关于", "针对", "从而", "由于", "因此", "然后", "此外", "比如", "至少", "进一步",
		"首先是", "首先", "然后是", "其次是", "其次", "最后是", "第一个是", "第二个是", "第一件事", "第二件事", "第一件", "第二件", "第三件", "一个是", "另一个是", "另外一个是", "一是", "二是", "三是", "四是", "再就是", "再有", "先说", "第一", "第二", "第三", "说", "对", "使", "让", "把", "将", "令", "且", "并", "和", "与", "及", "或", "如", "其", "该", "那", "这", "个", "要", "需", "须", "应", "能", "可", "是", "为", "的", "了", "嗯", "啊", "哦", "吧", "呢", "，", ",", "、", "：", ":", "。", "；", "·", "-", "—", "~", ".", ")", "）", "*", "\"", "“", "”",
		"current ", "target ", "the ", "our ", "and ",
	}
}

func nameTails() []string {
	return []string{
		"掉到", "跌到", "涨到", "会掉", "掉", "跌", "下降", "也不行", "不行", "不够", "太低", "偏低", "偏高", "太高", "超标", "不达标", "能有", "能到", "还没测过", "还没测", "没测过", "没测", "未测", "待测", "不知道", "不清楚", "最近一季平均", "最近一季", "最近三批", "现在的", "现在", "目前的", "目前", "当前的", "当前", "现状是", "现状", "眼下", "如今", "今年", "去年", "要求在", "要求是", "要求", "需要", "希望", "目标值为", "目标值", "目标是", "目标", "指标", "须要",
		"能够", "可以", "可达到", "可达", "达到了", "达到", "达", "做到", "只有", "只能", "只认", "只收", "必须", "应该", "应当", "应", "已经", "已", "仅为", "仅有", "仅", "大概", "大约", "约为", "约", "分别为", "分别是", "分别", "一般为", "一般", "最好", "起码",
		"客户要", "客户", "图纸要", "图纸", "标书要", "标书", "规格书", "门槛", "想要", "想", "希望能", "保持在", "保持", "稳定在", "稳定", "维持在", "控制在", "控制", "提升至", "提高至", "提高到", "提升到", "降低到", "降低至", "降到", "降至", "压到", "提到", "升到", "为止", "范围", "测出来是", "测出来", "测得", "平均值", "平均为", "平均",
		"写的是", "写的", "不高于", "不低于", "大于", "小于", "超过", "远超过", "高于", "低于", "至少", "最多", "最高", "最低", "不", "需", "须", "要", "是", "为", "有", "在", "能", "可", "才", "都", "就", "也", "得", "到", "至", "由", "从", "会", "还", "再", "又", "较", "比", "每", "了", "的", "地", "：", ":", "，", ",", "、", "≥", "≤", "＞", "＜", ">", "<", "=", "~", "±", "-", "—", "（", "(", "现", "均", "常", "只", "则", "后", "将", "（含）",
		" now", " is", " at", " of", " target", " currently", " to",
	}
}

// nameScore says how near two names of quantities are, 0 to 1: the share of
// character bigrams, where one name inside the other counts as the same, and
// the first characters of an abbreviation (氢效, 氢化效率) as near.
func nameScore(a, b string) float64 {
	a, b = plainName(a), plainName(b)
	switch {
	case a == "" || b == "":
		return 0
	case a == b:
		return 1
	case strings.Contains(a, b) || strings.Contains(b, a):
		short, long := []rune(a), []rune(b)
		if len(short) > len(long) {
			short, long = long, short
		}
		return max(0.6, float64(len(short))/float64(len(long)))
	}
	if isAbbreviation([]rune(a), []rune(b)) || isAbbreviation([]rune(b), []rune(a)) {
		return 0.7
	}
	return need.Pairs([]rune(a)).Likeness(need.Pairs([]rune(b)))
}

func plainName(s string) string {
	runes, _ := plainRunes([]rune(s))
	return strings.NewReplacer("的", "", "值", "", "指标", "").Replace(string(runes))
}

// isAbbreviation reports whether the runes of short stand in long in order, and
// long starts with the first of them.
func isAbbreviation(short, long []rune) bool {
	if len(short) < 2 || len(short) >= len(long) || short[0] != long[0] {
		return false
	}
	i := 0
	for _, r := range long {
		if i < len(short) && r == short[i] {
			i++
		}
	}
	return i == len(short)
}
