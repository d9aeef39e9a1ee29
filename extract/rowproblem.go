package extract

import (
	"regexp"
	"strings"

	"tanxu/need"
)

var (
	// holding finds what a share of the pieces has: 12%有霉点.
	holding = regexp.MustCompile(`^的?[^有，。；,\d]{0,4}有(\p{Han}{2,6})$`)
	// befalls finds what happens to a thing behind the words for how often it does.
	befalls = regexp.MustCompile(`(?:老是|总是|经常|时不时|容易|一直|老爱|老|会|出现|发生|产生|存在|有点|有|最?[愁怕烦]的(?:就)?是|问题(?:就)?是|毛病(?:就)?是)(\p{Han}{2,8})$`)
	// machine finds what a wanted machine is to do.
	machine = regexp.MustCompile(`(?:(?:做|搞|开发|研制)一?[个台套条种]?|一[个台套条种])((?:\p{Han}){2,10}?)的?(?:系统|设备|机器|装置|产线|生产线|机|线)$`)
	// degree ends a trouble with how bad it is.
	degree = regexp.MustCompile(`(?:得?(?:很|非常|特别|比较|太|较)?(?:严重|厉害|频繁|突出|明显|普遍)|(?:很|太|比较|较|偏|有点)?(?:多|大|高|低|差|慢)|的?(?:问题|现象|毛病|情况))+$`)
)

// having names a share by what is found in it: 12%有霉点 is 霉点率.
func (t *text) having(m need.Measure, clause span) string {
	u, ok := need.NormalUnit(m.Unit)
	if !ok || u.Base != "" || m.Unit == "" {
		return ""
	}
	if found := holding.FindStringSubmatch(t.str(span{m.End, clause.end})); found != nil {
		return found[1] + "率"
	}
	return ""
}

// amountOf names a value of which only the unit is known by what the problem is:
// of 渗漏, ‰ is the 渗漏率 and 个 the 渗漏个数. It is "" where the problem or the
// unit does not tell.
func amountOf(problem, unit string) string {
	u, ok := need.NormalUnit(unit)
	trouble := troubleIn(problem)
	if unit == "" {
		return trouble
	}
	if !ok || trouble == "" {
		return ""
	}
	count, per, rate := strings.Cut(u.Base, "·")
	switch {
	case u.Base == "" && quantityLike(trouble):
		return trouble
	case u.Base == "":
		return trouble + "率"
	case rate && (count == "s⁻¹" || per == "s⁻¹") && hasHan(u.Base):
		return trouble + "速度"
	case hasHan(u.Base) && !rate && len([]rune(unit)) == 1 && unit != "级" && unit != "度":
		return trouble + unit + "数"
	}
	return ""
}

func hasHan(s string) bool { return !latinOnly(s) }

// troubleIn is the noun phrase of what goes wrong or of what is to be done, ""
// where none stands out.
func troubleIn(problem string) string {
	t := newText(problem, "")
	for _, c := range t.clauses(t.whole()) {
		words := degree.ReplaceAllString(t.str(t.trim(c)), "")
		if m := machine.FindStringSubmatch(words); m != nil {
			return strings.TrimPrefix(strings.TrimPrefix(m[1], "全"), "自动")
		}
		if m := befalls.FindStringSubmatch(words); m != nil {
			words = m[1]
		}
		if i := strings.LastIndex(words, "的"); i >= 0 {
			words = words[i+len("的"):]
		}
		if n := len([]rune(words)); n >= 2 && n <= 8 && wrong(words) && !speech(words) {
			return words
		}
	}
	return ""
}

// wrong reports whether a short phrase names a fault.
func wrong(words string) bool {
	return strings.ContainsAny(words, "漏渗裂断脱锈蚀霉泡斑痕翘磨堵卡皱褪钻烂碎崩缺刺划废损坏糊焦沉析胀瘪虫") ||
		hasAnySuffix(words, "点", "变形", "变色", "发黄", "发黑", "发白", "粘连", "结块", "超差", "不良", "超标", "停机", "异响", "报废", "退货", "返工", "率")
}
