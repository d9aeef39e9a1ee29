package extract

import (
	"strings"

	"tanxu/need"
)

// free reads a text that may speak of any field.
func (rd *reader) free() {
	parts := rd.t.parts()
	rd.rowsOf(parts)
	for _, p := range parts {
		if !p.heading {
			rd.statement(p)
		}
	}
	rd.scene()
	rd.budget(need.KeyBudget, false)
	rd.deadline(false)
	rd.coop()
	s := string(rd.t.runes)
	if containsAny(s, "专利", "产权", "成果归", "归我们", "归企业") {
		rd.code(need.KeyIPTerms)
	}
	if containsAny(s, "脱敏", "保密协议", "不公开", "可以公开", "定向", "见光", "保密") {
		rd.code(need.KeyConfidentiality)
	}
}

// statement gives a sentence, or its clauses where they speak of different
// things, to the fields that they state.
func (rd *reader) statement(p part) {
	if p.section == "background" || p.section == need.KeyBudget || p.section == need.KeyDeadline || p.section == need.KeyCoopMode {
		return
	}
	clauses := rd.t.clauses(p.span)
	var key need.Key
	var run span
	flush := func() {
		if key != "" && key != need.KeyRootCause || key == need.KeyRootCause && len(rd.t.runes) < 400 {
			rd.add(key, run)
		}
	}
	for _, c := range clauses {
		k := classify(rd.t.str(c), p.section)
		if k == "" || k == key || tooShort(c) {
			if run.empty() {
				run = c
				key = k
			} else {
				run.end = c.end
			}
			continue
		}
		if !run.empty() && key == "" {
			key, run.end = k, c.end
			continue
		}
		flush()
		key, run = k, c
	}
	flush()
}

func tooShort(s span) bool { return s.end-s.start < 5 }

// scene looks for where the wanted thing is used, if no sentence says so.
func (rd *reader) scene() {
	if rd.has(need.KeyScene) {
		return
	}
	for _, s := range rd.t.sentences() {
		for _, c := range rd.t.clauses(s) {
			words := rd.t.str(c)
			if containsAny(words, "我们做", "我们是做", "用的", "生产的", "产品", "在生产", "生产过程", "车间", "工序", "生产线", "行业") && c.end-c.start < 60 {
				rd.add(need.KeyScene, c)
				return
			}
		}
	}
}

// coop reads the way of working together from words that name one plainly.
func (rd *reader) coop() {
	for _, s := range rd.t.sentences() {
		words := rd.t.str(s)
		if !containsAny(words, "合作", "委托", "联合", "转让", "许可", "入股", "技术支持", "技术服务", "咨询", "指导", "诊断", "引进", "共同") {
			continue
		}
		if containsAny(words, "承担", "已与", "曾与", "与北京", "签订", "建立了", "国际科技合作基地", "合作基地", "校企合作平台") && !containsAny(words, "希望", "拟", "寻求", "需要", "方式") {
			continue
		}
		code, start, end, ok := need.ReadCode(need.KeyCoopMode, words)
		if !ok || code == "采购" || code == "独立研发" || len([]rune(words[:0]))+end-start < 2 {
			continue
		}
		at := span{s.start + start, s.start + end}
		rd.found(need.KeyCoopMode, need.Value{Text: code}, rd.t.clauseAround(at))
		return
	}
}

// isHeadline reports whether a line is a title of its own.
func isHeadline(s string) bool { return !strings.ContainsAny(s, "，。；,;") && len([]rune(s)) <= 30 }
