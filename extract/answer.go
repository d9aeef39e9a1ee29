package extract

import (
	"cmp"
	"slices"

	"tanxu/need"
)

// answer reads an answer to a question, each part of it for the field that it
// is about.
func (rd *reader) answer() {
	if shares := rd.shares(); len(shares) > 0 {
		rd.shared(shares)
		return
	}
	rd.answered()
}

// answered reads an answer to what was asked.
func (rd *reader) answered() {
	s := string(rd.t.runes)
	stays := refuses(s) || (ignorant(s) || delegated(s) != "" && containsAny(s, "得问", "要问", "归", "你问", "去问", "问问")) && !rd.saysMore()
	for _, k := range rd.c.Asked {
		switch k.Shape() {
		case need.Table:
			rd.rows(true)
		case need.Cash:
			rd.budget(k, true)
		case need.Date:
			rd.deadline(true)
		case need.Code:
			rd.code(k)
		case need.List:
			if !stays && !nothing(plainText(s)) {
				rd.statements(k)
			}
		case need.Text:
			if !stays && !nothing(plainText(s)) && !rd.empty(k) {
				rd.add(k, rd.t.whole())
			}
		}
	}
	rd.besides()
	rd.readMarks()
}

// moreWords is how many runes beside a don't-know make a statement.
const moreWords = 12

// saysMore reports whether an answer with a don't-know in it states something
// too: 怀疑水压没分好，没定量过.
func (rd *reader) saysMore() bool {
	n := 0
	for _, s := range rd.t.sentences() {
		for _, c := range rd.t.clauses(s) {
			if words := rd.t.str(c); !ignorant(words) && !containsAny(words, "什么", "多少", "你", "谁", "问", "怎么", "为啥") && delegated(words) == "" {
				n += c.end - c.start
			}
		}
	}
	return n >= moreWords
}

// empty reports whether an answer has no statement at all for a text.
func (rd *reader) empty(k need.Key) bool {
	s := plainText(string(rd.t.runes))
	if k == need.KeyDecisionOwner {
		return s == ""
	}
	return len([]rune(s)) < 2 || goesOn(s) || greets(s) && len([]rune(s)) < 8 || containsAny(s, "说不太清", "说不清") && len([]rune(s)) < 14
}

// statements takes the sentences of an answer as entries of a list; a short
// sentence stays with the one before it.
func (rd *reader) statements(k need.Key) {
	var parts []span
	for _, s := range rd.t.sentences() {
		if n := len(parts); n > 0 && (s.end-s.start < 10 || parts[n-1].end-parts[n-1].start < 10 || k == need.KeyTried) {
			parts[n-1].end = s.end
			continue
		}
		parts = append(parts, s)
	}
	for _, p := range parts {
		rd.add(k, p)
	}
}

// code reads one of the codes of field k out of plain words.
func (rd *reader) code(k need.Key) {
	s := string(rd.t.runes)
	if containsAny(s, "还是") && (delegated(s) != "" || ignorant(s)) {
		return // A 还是 B: a question, no choice
	}
	if code, start, end, ok := need.ReadCode(k, s); ok {
		rd.found(k, need.Value{Text: code}, rd.t.clauseAround(span{start, end}))
	}
}

// clauseAround widens a span to the clause that it stands in.
func (t *text) clauseAround(s span) span {
	if t.cut == nil {
		for _, sentence := range t.sentences() {
			t.cut = append(t.cut, t.clauses(sentence)...)
		}
	}
	i, exact := slices.BinarySearchFunc(t.cut, s.start, func(c span, at int) int { return cmp.Compare(c.start, at) })
	if !exact {
		i--
	}
	if i < 0 || i >= len(t.cut) || s.start >= t.cut[i].end {
		return s
	}
	return span{t.cut[i].start, max(t.cut[i].end, s.end)}
}

// besides reads what an answer says of fields that were not asked, where the
// words leave no doubt.
func (rd *reader) besides() {
	told := slices.ContainsFunc(rd.c.Asked, func(k need.Key) bool {
		return k == need.KeyTried || k == need.KeyFoundation || k == need.KeyProblem || k == need.KeyRootCause || k == need.KeyConstraints
	})
	asked := func(k need.Key) bool { return slices.Contains(rd.c.Asked, k) }
	s := string(rd.t.runes)
	aims := (asked(need.KeyProblem) || asked(need.KeyScene)) && containsAny(s, "现在", "目前", "眼下") &&
		containsAny(s, "要到", "要求", "要达到", "要降到", "要提到", "要做到", "目标", "希望到", "希望达到", "想做到", "想降到", "想提到", "得降到", "得到")
	if aims || !told && !asked(need.KeyIndicator) && !asked(need.KeyBudget) && !asked(need.KeyDeadline) && !asked(need.KeyScene) {
		rd.rows(false)
		rd.out.Rows = slices.DeleteFunc(rd.out.Rows, func(f RowFound) bool { return f.Row.Target == nil || f.Row.Current == nil })
	}
	if !asked(need.KeyBudget) && !asked(need.KeyBudgetToPartner) && (!told && containsAny(s, "经费", "研发费") || containsAny(s, "预算")) {
		rd.budget(need.KeyBudget, false)
	}
	if !asked(need.KeyDeadline) && (!told && containsAny(s, "最晚", "最迟", "之前完成", "期限", "截止", "交付") || done.MatchString(s)) {
		rd.deadline(false)
	}
	if !asked(need.KeyCoopMode) && !told && containsAny(s, "委托研发", "委托开发", "合作研发", "合作开发", "联合研发", "技术转让", "技术许可", "技术入股", "技术服务") {
		rd.code(need.KeyCoopMode)
	}
	if !asked(need.KeyIPTerms) && !told && containsAny(s, "专利归", "成果归", "产权归", "知识产权") {
		rd.code(need.KeyIPTerms)
	}
	if !asked(need.KeyConfidentiality) && !told && containsAny(s, "脱敏公开", "保密协议", "不能公开", "可以公开", "定向公开") {
		rd.code(need.KeyConfidentiality)
	}
}
