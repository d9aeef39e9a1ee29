package extract

import (
	"slices"
	"strings"
	"unicode"

	"tanxu/need"
)

// phrase makes the name of a quantity out of the words before a number that
// nameOf has trimmed: people talk on while they name it (温度就是老会飘到…). What
// is no noun phrase becomes "".
func phrase(s string) string {
	if s == "" || latinOnly(s) {
		return englishPhrase(s)
	}
	if !quantityLike(s) {
		if at := headEnd(s); at > 0 && talk(s[at:]) {
			s = s[:at]
		}
	}
	s = afterTalk(s)
	switch {
	case len([]rune(s)) <= 3 && hasPrefix(s, "不", "没", "太", "很", "偏") && !hasAnySuffix(s, "率", "度"):
		return "" // 不高, 太大
	case quantityLike(s):
		return s
	case dosed(s) != "":
		return dosed(s)
	case motion(s) != "":
		return motion(s)
	case talk(s) || speech(s):
		return ""
	default:
		return s
	}
}

// heads are quantities that people name in passing; behind them only talk may
// follow up to the number.
func heads() []string {
	return []string{
		"温度", "湿度", "压力", "速度", "浓度", "硬度", "强度", "精度", "粗糙度", "平整度", "圆度", "同轴度", "厚度", "宽度", "长度", "高度", "深度", "密度", "粘度", "黏度", "白度", "亮度", "光泽度", "透光率", "含水率", "含水量", "水分", "灰分", "含量",
		"良率", "合格率", "成品率", "不良率", "废品率", "报废率", "次品率", "得率", "收率", "损耗率", "破损率", "漏气率", "效率", "寿命", "保质期", "货架期", "周期", "节拍", "产量", "能耗", "电耗", "气耗", "水耗", "重量", "克重", "误差", "偏差", "公差", "色差", "温差", "噪音", "噪声",
		"收缩率", "缩水率", "变形量", "伸长率", "延伸率", "电阻", "电压", "电流", "功率", "频率", "转速", "扭矩", "流量", "拉力", "粘结力", "附着力", "间隙", "跳动", "漂移", "振动", "温升", "气密性", "气密", "耐磨", "盐雾", "尺寸", "直径", "孔径", "粒径", "粒度", "酸价", "色度", "pH", "漏率", "时间", "次数", "数量", "比例", "距离",
	}
}

// headEnd is where the last head in s ends, 0 if there is none.
func headEnd(s string) int {
	end := 0
	for _, h := range heads() {
		if i := strings.LastIndex(s, h); i >= 0 {
			end = max(end, i+len(h))
		}
	}
	return end
}

// talk reports whether words between a name and its number name nothing: verbs,
// adverbs and particles only.
func talk(s string) bool {
	for _, w := range []string{
		"现在", "目前", "就是", "还是", "都是", "也就", "老是", "总是", "经常", "有时候", "有时", "一般", "大概", "差不多", "基本", "最多", "最少", "最好", "不要", "不能", "控制", "稳定", "保持", "波动", "掉到", "降到", "升到", "做到", "达到", "飘到", "跑到", "冲到", "只有", "才有", "测下来", "量下来", "测出来", "打出来", "算下来", "平均", "能到", "要到", "至少", "我们", "客户", "他们", "要求", "需要", "希望", "规定",
		"就", "也", "都", "还", "又", "才", "老", "总", "会", "能", "要", "得", "想", "有", "是", "在", "到", "打", "做", "搞", "弄", "跑", "飘", "冲", "掉", "降", "升", "涨", "差", "高", "低", "大", "小", "了", "的", "着", "过", "很", "太", "只", "不", "个", "多", "量", "测", "约", "为", "说", "上", "下", "出", "来", "去", "我", "你", "他", "它", "管", "给", "让", "把", "放", "撑", "用", "这", "那", " ",
	} {
		s = strings.ReplaceAll(s, w, "")
	}
	return s == ""
}

// afterTalk drops what is said around the noun phrase that names the quantity:
// of 夏天老是放不住 nothing is left but what stands before or behind the talk.
func afterTalk(s string) string {
	for range len(s) {
		at, width := lastTalk(s)
		if at < 0 {
			break
		}
		rest := strings.TrimPrefix(s[at+width:], "的")
		switch {
		case rest == "" || talk(rest) || !quantityLike(rest) && quantityLike(strings.TrimRight(s[:at], " ，,")):
			s = s[:at] // 硬化时间也想缩: the subject names it
		case len([]rune(rest)) >= 2:
			return strings.TrimSpace(rest)
		default:
			return strings.TrimSpace(s)
		}
	}
	return strings.TrimSpace(s)
}

// lastTalk finds the last word of talk in s.
func lastTalk(s string) (at, width int) {
	at = -1
	for _, w := range []string{
		"以后", "以前", "后来", "然后", "时候", "的话", "老是", "总是", "就是", "还是", "都是", "也是", "一直", "经常", "往往", "有时候", "有时", "平时", "如果", "要是", "因为", "所以", "但是", "不过", "而且", "主要", "关键", "尤其", "我们", "咱们", "你们", "他们", "它们", "人家", "厂里", "那边", "这边", "那块", "这块", "那个", "这个", "那种", "这种", "觉得", "感觉", "发现", "希望", "想把", "要把", "能把", "需要", "要求", "超市", "客户", "量下来", "测下来", "称下来", "算下来", "看下来", "测出来",
		"夏天", "冬天", "春天", "秋天", "最近", "上个月", "去年", "今年", "昨天", "今天", "每次", "每天", "每个月", "我", "你", "它", "就", "也", "都", "又", "很", "吧", "呢", "吗", "啊", "嘛", "了", "把", "要",
	} {
		i := strings.LastIndex(s, w)
		if i < 0 || i < at || i == at && len(w) <= width || partOfWord(s[:i], w, s[i+len(w):]) {
			continue
		}
		at, width = i, len(w)
	}
	return at, width
}

// partOfWord reports whether a word of talk is part of another word where it
// stands: 把手, 主要, 重要.
func partOfWord(before, w, behind string) bool {
	switch w {
	case "把":
		return hasPrefix(behind, "手", "柄", "握")
	case "要":
		return len(behind) < 3 || !isUpper(behind[0]) || !isUpper(behind[1])
	case "就":
		return hasPrefix(behind, "业")
	case "也", "都", "又", "很":
		return false
	}
	return w == "了" && hasPrefix(behind, "解")
}

// motion turns a verb of what happens to a thing into the quantity that is
// measured of it: 翘了2毫米 is 翘曲.
func motion(s string) string {
	for _, m := range [][2]string{
		{"翘", "翘曲"}, {"弯", "弯曲"}, {"缩", "收缩"}, {"胀", "膨胀"}, {"鼓", "鼓起"}, {"偏", "偏移"}, {"歪", "偏斜"}, {"漏", "泄漏"}, {"磨", "磨损"}, {"沉", "沉降"}, {"晃", "晃动"}, {"抖", "抖动"},
	} {
		if strings.TrimRight(afterTalk(strings.TrimRight(s, "了得成")), "了") == m[0] || hasAnySuffix(s, "老"+m[0], "会"+m[0], "都"+m[0], "来"+m[0], m[0]+"了") {
			return m[1]
		}
	}
	return ""
}

// dosed names how much of a thing goes in, where only the verb is said: 锡加2%.
func dosed(s string) string {
	for _, d := range [][2]string{{"加", "加入量"}, {"掺", "掺量"}, {"用", "用量"}, {"耗", "耗量"}} {
		thing, ok := strings.CutSuffix(s, d[0])
		thing = trimWords(thing, nil, nameTails())
		if ok && thing != "" && len([]rune(thing)) <= 6 && !talk(thing) && !hasAnySuffix(thing, "增", "附", "添", "使", "采", "作", "费", "应", "通", "利", "消", "损", "能") {
			return thing + d[1]
		}
	}
	return ""
}

// speech reports whether words before a number tell something and name no
// quantity.
func speech(s string) bool {
	return hasPrefix(s, "想", "要是", "得把") || strings.HasSuffix(s, "着") || hasPrefix(s, "不", "没", "太", "很", "请") && !hasPrefix(s, "不良", "不合格", "不均", "不平", "不圆", "不同", "不溶", "不饱") || hasAnySuffix(s, "就是打", "那边", "这边", "那里", "这里", "里面", "下来", "起来", "出来", "出去做", "以后", "时候", "的话", "客户", "老板", "超市", "我们", "他们", "人家", "厂里", "逐级", "逐步", "跑热", "委托", "摘", "搞", "弄", "跑") ||
		containsAny(s, "老是", "总是", "就是", "还是", "是不是", "怎么", "什么", "没办法", "不知道")
}

func latinOnly(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= 0x2e80 }) < 0
}

// englishPhrase is the last noun phrase of English words: without articles,
// pronouns, prepositions and the common verbs of change.
func englishPhrase(s string) string {
	words := strings.FieldsFunc(s, func(r rune) bool { return unicode.IsSpace(r) || strings.ContainsRune(",;:()", r) })
	small := func(w string) bool { return slices.Contains(englishTalk(), strings.ToLower(w)) }
	for len(words) > 0 && small(words[len(words)-1]) {
		words = words[:len(words)-1]
	}
	for i := len(words) - 1; i >= 0; i-- {
		if small(words[i]) && !(strings.EqualFold(words[i], "of") && i > 0) {
			words = words[i+1:]
			break
		}
	}
	const longest = 5
	return strings.Join(words[max(0, len(words)-longest):], " ")
}

func englishTalk() []string {
	return strings.Fields("a an the our we us i it its is are was be been to by at in on from than under over below above within about around only now currently today and or but so that this these those with for need needs want wants must should can could will would have has had get gets got lose loses lost reach reaches keep keeps hold holds reduce reduces reduced cut cuts bring raise raises lower increase improve improves drop drops fall falls rise go goes make makes run runs down up customer customers client clients they their require requires required one two less more most least no not still always just measure measured target current value")
}

// quantityOf names the quantity that a unit measures, for values that nobody
// names, "" where the unit leaves it open.
func quantityOf(unit string) string {
	u, ok := need.NormalUnit(unit)
	if !ok {
		return ""
	}
	switch u.Base {
	case "℃", "K":
		return "温度"
	case "s":
		return "时间"
	case "kg":
		return "重量"
	case "m":
		return "尺寸"
	case "dB":
		return "噪声"
	case "V":
		return "电压"
	case "A":
		return "电流"
	case "次":
		return "次数"
	case "r·s⁻¹":
		return "转速"
	case "HRC", "HV", "HB", "邵A":
		return "硬度"
	case "°":
		return "角度"
	case "N·m⁻²":
		return "压力"
	case "":
		if u.Symbol == "%" || u.Symbol == "‰" {
			return "比例"
		}
	}
	return ""
}
