package extract

import (
	"regexp"
	"strings"

	"tanxu/need"
)

// part is a sentence with the section that it stands in.
type part struct {
	span
	section need.Key // what the heading above it is about, "" if there is none
	heading bool
}

// background is the section of what holds for the country or the trade.
const background need.Key = "background"

// headings are the words of headings, the more telling first.
func headings() []struct {
	key   need.Key
	words []string
} {
	return []struct {
		key   need.Key
		words []string
	}{
		{need.KeyIndicator, []string{"技术指标", "考核指标", "主要指标", "性能指标", "指标要求", "技术参数", "性能要求", "技术要求", "指标如下", "要求如下", "达到以下", "具体指标", "质量指标", "参数要求", "预期指标", "技术考核", "考核：", "考核:", "指标：", "指标:"}},
		{need.KeyFoundation, []string{"工作基础", "现有基础", "研究基础", "已有基础", "前期基础", "基础条件", "技术基础", "现有条件", "已有条件", "企业简介", "公司简介", "单位简介", "企业概况", "支撑条件", "研发基础", "基础:", "基础："}},
		{need.KeyProblem, []string{"技术难题", "技术难点", "存在问题", "存在的问题", "主要问题", "拟解决的", "需解决", "待解决", "难题", "难点", "痛点", "技术瓶颈", "问题描述", "需求背景", "技术问题", "遇到的问题"}},
		{need.KeyExpectedGoal, []string{"预期目标", "研究目标", "技术目标", "项目目标", "期望目标", "预期成果", "预期效果", "目标要求", "拟达到", "达到目标", "解决目标", "目标:", "目标："}},
		{need.KeyCoopMode, []string{"合作方式", "合作模式", "合作方案", "合作意向", "合作需求", "解决方式", "对接方式"}},
		{need.KeyBudget, []string{"资金投入", "经费预算", "投入预算", "投资预算", "经费投入", "拟投入", "投入情况"}},
		{need.KeyDeadline, []string{"进度安排", "时间安排", "完成时间", "实施周期", "完成时限"}},
		{need.KeyPartnerReq, []string{"对合作方", "合作方要求", "合作对象", "专家要求", "对专家", "合作单位要求"}},
		{need.KeyScene, []string{"应用场景", "应用领域", "适用范围", "应用范围"}},
		{need.KeyKeyTech, []string{"研究内容", "需求内容", "技术内容", "开发内容", "技术关键", "关键技术", "主要内容", "技术需求", "研发内容", "技术方向", "解决问题的方向", "内容及", "需求:", "需求：", "方案:", "方案："}},
		{background, []string{"国内外", "发展概况", "研究现状", "发展趋势", "市场前景", "市场分析", "经济效益", "社会效益", "目的、意义", "意义", "背景", "可行性分析", "效益分析"}},
	}
}

// parts splits a text into sentences and notes the section of each. A heading is
// a short line, or the words before a colon at the start of a line.
func (t *text) parts() []part {
	var out []part
	section := need.Key("")
	for _, s := range t.sentences() {
		lead, rest := t.lead(s)
		if key, ok := headingOf(t.str(lead)); ok {
			section = key
			if rest.empty() {
				out = append(out, part{lead, section, true})
				continue
			}
			s = rest
		} else if rest.empty() && numbered.MatchString(t.str(lead)) {
			out = append(out, part{lead, section, true}) // whatever it is about
			continue
		}
		out = append(out, part{s, section, false})
	}
	return out
}

// numbered finds a heading by its number: 三、主要攻关内容.
var numbered = regexp.MustCompile(`^(?:[一二三四五六七八九十]{1,2}、|[(（][一二三四五六七八九十]{1,2}[)）])[\p{Han}、]{2,12}$`)

// lead splits off what may be a heading at the start of a sentence.
func (t *text) lead(s span) (lead, rest span) {
	for i := s.start; i < s.end && i-s.start < 26; i++ {
		if t.runes[i] == '：' || t.runes[i] == ':' {
			return span{s.start, i + 1}, t.trim(span{i + 1, s.end})
		}
	}
	if end := t.at(s.end); s.end-s.start <= 24 && end != '。' && end != '；' && end != ';' {
		return s, span{}
	}
	return span{}, s
}

func headingOf(s string) (need.Key, bool) {
	if s == "" || strings.ContainsAny(s, "，,") || len([]rune(s)) > 26 {
		return "", false
	}
	for _, h := range headings() {
		if containsAny(s, h.words...) {
			return h.key, true
		}
	}
	return "", false
}
