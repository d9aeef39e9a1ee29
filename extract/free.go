package extract

import (
	"regexp"
	"strings"

	"tanxu/need"
)

// free reads a text that may speak of any field.
func (rd *reader) free() {
	parts := rd.t.parts()
	if rd.taken && len(rd.c.Rows) > 0 {
		rd.rows(true) // of a row that is there, in the words of an answer
	} else {
		rd.rowsOf(parts)
	}
	rd.told(parts)
	if rd.spoken() && !rd.has(need.KeyProblem) {
		rd.symptoms()
	}
	rd.scene()
	rd.budget(need.KeyBudget, false)
	rd.deadline(false)
	rd.coop()
	s := string(rd.t.runes)
	if containsAny(s, "专利", "产权", "成果归", "归我们", "归企业") {
		rd.code(need.KeyIPTerms)
	}
	if containsAny(s, "脱敏", "不公开", "可以公开", "定向公开", "定向发布") {
		rd.code(need.KeyConfidentiality)
	}
}

// told gives the clauses of a text to the fields that they state. Those
// that follow each other in a sentence and state the same are one value; a
// clause that says nothing of its own goes with the one before it.
func (rd *reader) told(parts []part) {
	var run clause
	for _, c := range rd.clauses(parts) {
		switch {
		case c.part == run.part && !run.empty() && (c.key == run.key || tooShort(c.span)):
			run.end = c.end
			continue
		default:
			rd.state(run.key, run.span, run.section)
			run = c
		}
	}
	rd.state(run.key, run.span, run.section)
}

// says reports whether a clause may state something: short greetings and, in a
// message, questions don't.
func (rd *reader) says(c span) bool {
	if rd.spoken() && rd.t.questions(c) {
		return false
	}
	words := plainText(rd.t.str(c))
	return !greets(words) || len([]rune(words)) > 6
}

// shortQuestion is how many runes a clause has that only asks.
const shortQuestion = 20

// questions reports whether a clause is a question, to us or to nobody.
func (t *text) questions(s span) bool {
	return (t.at(s.end) == '？' || t.at(s.end) == '?') && s.end-s.start < shortQuestion
}

// symptoms takes the sentences of a message that speak of anything wrong for
// its problem, where none does so plainly.
func (rd *reader) symptoms() {
	for _, s := range rd.t.sentences() {
		if hits(rd.t.str(s), symptomWords()) > 0 && !rd.t.questions(s) {
			rd.add(need.KeyProblem, s)
		}
	}
}

func symptomWords() string { return cues()[0].plain + " " + cues()[0].weak }

// state adds a stretch of a free text to its field.
func (rd *reader) state(k need.Key, s span, section need.Key) {
	if k.Shape() > need.List || k == "" || s.empty() || k == need.KeyRootCause && len(rd.t.runes) > longText {
		return
	}
	if section == need.KeyCoopMode && k != need.KeyPartnerReq {
		return
	}
	if section == "" && k != need.KeyProblem && general(rd.t.str(s)) {
		return
	}
	rd.add(k, rd.t.bare(s))
}

// longText is from how many runes on a text is a report and no message: there
// the reason of one effect is not the root cause of the need.
const longText = 400

// general reports whether a statement is about the country or the market.
func general(words string) bool {
	return containsAny(words, "我国", "全球", "近年来我国", "随着", "据统计", "国家发展", "市场前景", "发达国家")
}

// items are the clauses of a sentence, parted at list markers too: （1）…（2）….
func (t *text) items(s span) []span {
	var out []span
	for _, c := range t.clauses(s) {
		out = append(out, t.split(c, func(i int) bool {
			return i > c.start && strings.ContainsRune("(（", t.runes[i]) && isDigit(t.at(i+1)) && strings.ContainsRune(")）", t.at(i+2))
		})...)
	}
	return out
}

// formLabel finds the label of a form at the start of a clause: 二、条件：….
var formLabel = regexp.MustCompile(`^(?:[一二三四五六七八九十\d]{1,2}[、.．]|[(（][一二三四五六七八九十\d]{1,2}[)）])?[\p{Han}与/]{2,8}[：:]`)

// bare drops a label or a list marker from the start of a span.
func (t *text) bare(s span) span {
	s = t.trim(s)
	s.start += len([]rune(formLabel.FindString(t.str(s))))
	words := t.str(s)
	if rest := trimMarker(words); rest != words {
		s.start = s.end - len([]rune(rest))
	} else if i := strings.IndexAny(words, ")）、"); i > 0 && i <= 4 && hasDigit(words[:i]) {
		_, width := decode(words[i:])
		s.start += len([]rune(words[:i+width]))
	}
	return t.trim(s)
}

func tooShort(s span) bool { return s.end-s.start < 5 }

// scene looks in the first words of a contact for the product, if no clause
// says where the thing is used.
func (rd *reader) scene() {
	if rd.has(need.KeyScene) || len(rd.t.runes) > longText {
		return
	}
	for _, s := range rd.t.sentences() {
		for _, c := range rd.t.clauses(s) {
			if containsAny(rd.t.str(c), "我们做", "我们是做", "我们是", "我厂做", "用的", "产品是", "我们厂") && c.end-c.start < 40 {
				rd.add(need.KeyScene, c)
				return
			}
		}
	}
}

// spoken reports whether the text is a message: there a word in passing (请人
// 诊断一下) is no choice of how to work together.
func (rd *reader) spoken() bool { return strings.HasPrefix(rd.c.Ref, "message:") }

// namesMode reports whether words name a way of working together in its own terms.
func namesMode(words string) bool {
	return containsAny(words, "委托研发", "委托开发", "合作研发", "合作开发", "联合研发", "联合开发", "联合攻关", "技术转让", "技术许可", "技术入股", "技术服务", "技术咨询")
}

// coop reads the way of working together from words that name one plainly.
func (rd *reader) coop() {
	for _, s := range rd.t.sentences() {
		words := rd.t.str(s)
		if !containsAny(words, "合作", "委托", "联合", "转让", "许可", "入股", "技术支持", "技术服务", "咨询", "指导", "诊断", "引进", "共同") {
			continue
		}
		if containsAny(words, "缺乏技术支持", "缺乏有效的技术支持", "指导原则", "没有技术支持") {
			continue
		}
		if containsAny(words, "承担", "已与", "曾与", "与北京", "签订", "建立了", "国际科技合作基地", "合作基地", "校企合作平台") && !containsAny(words, "希望", "拟", "寻求", "需要", "方式") {
			continue
		}
		code, start, end, ok := need.ReadCode(need.KeyCoopMode, words)
		if !ok || code == "采购" || code == "独立研发" || rd.spoken() && !namesMode(words) {
			continue
		}
		at := span{s.start + start, s.start + end}
		rd.found(need.KeyCoopMode, need.Value{Text: code}, rd.t.clauseAround(at))
		return
	}
}
