package extract

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"tanxu/need"
)

// rows reads the rows of an answer.
func (rd *reader) rows(answer bool) {
	rr := rowReader{t: rd.t, answer: answer}
	for _, s := range rd.t.answerSentences() {
		known := len(rr.rows)
		rr.readSentence(s)
		if ignorant(rd.t.str(s)) {
			fresh := slices.DeleteFunc(slices.Clone(rr.rows[known:]), func(d *draft) bool { return d.target == nil })
			rr.rows = append(rr.rows[:known], fresh...)
		}
	}
	rd.keep(rr.rows)
	if answer && rd.c.Row != nil && rd.c.Part == partCondition && !rd.taken {
		rd.circumstances()
	}
	if answer {
		rd.ambientRows()
	}
	if answer && rd.c.Row != nil && len(rd.out.Rows) == 0 && !rd.hushed() {
		rd.conditionOf(rd.c.Row)
	}
}

// hushed reports whether the answer says that there is nothing to say.
func (rd *reader) hushed() bool {
	s := string(rd.t.runes)
	return refuses(s) || ignorant(s) || hedges(s) || nothing(plainText(s)) || goesOn(plainText(s)) || delegated(s) != ""
}

// answerSentences part at full stops only: people who write in fragments break
// lines inside one statement.
func (t *text) answerSentences() []span {
	return t.split(span{0, len(t.runes)}, func(i int) bool { return strings.ContainsRune("。；;!！?？", t.runes[i]) })
}

// rowsOf reads the rows of a free text: of each sentence that can state any.
func (rd *reader) rowsOf(parts []part) {
	for _, p := range parts {
		if p.heading {
			continue
		}
		if containsAny(rd.t.str(p.span), "预期目标", "目标为", "目标是", "指标为", "指标要求") {
			p.section = need.KeyExpectedGoal
		}
		if !rowsIn(p.section) {
			continue
		}
		rr := rowReader{t: rd.t, goal: isGoal(p.section)}
		rr.readSentence(p.span)
		around := settingOf(rd.t.str(p.span), p.section)
		rd.keep(slices.DeleteFunc(rr.rows, func(d *draft) bool { return !plausible(rd.t, d, around) }))
	}
	rd.joinRows()
}

// joinRows puts today's value, where a sentence of its own states it, into the
// row with the target of the same quantity.
func (rd *reader) joinRows() {
	var kept []RowFound
	for _, f := range rd.out.Rows {
		if f.Row.Target != nil {
			kept = append(kept, f)
		}
	}
	for _, f := range rd.out.Rows {
		if f.Row.Target != nil {
			continue
		}
		to := slices.IndexFunc(kept, func(o RowFound) bool { return sameQuantity(f.Row, o.Row) })
		switch {
		case to < 0:
			kept = append(kept, f)
		case kept[to].Row.Current == nil:
			kept[to].Row.Current = f.Row.Current
			kept[to].Row.Evidence = append(kept[to].Row.Evidence, f.Row.Evidence...)
		}
	}
	rd.out.Rows = kept
}

// sameQuantity reports whether row b has the target of what a states the present
// value of.
func sameQuantity(a, b need.Indicator) bool {
	if b.Target == nil || !need.SameUnit(a.Unit, b.Unit) {
		return false
	}
	if b.Current != nil {
		return b.Current.Num == a.Current.Num
	}
	return nameScore(a.Name, b.Name) >= 0.6
}

func isGoal(section need.Key) bool {
	return section == need.KeyIndicator || section == need.KeyExpectedGoal
}

func rowsIn(section need.Key) bool {
	switch section {
	case background, need.KeyFoundation, need.KeyBudget, need.KeyDeadline, need.KeyCoopMode, need.KeyPartnerReq:
		return false
	default:
		return true
	}
}

// setting is what the sentence around a row of a free text is about.
type setting struct {
	goal    bool // in a section of goals
	market  bool // figures of the firm, the trade or the country
	wished  bool // something is asked for
	today   bool // says how things are now
	problem bool // states a problem
	spoken  bool // in the words of talk
}

func settingOf(words string, section need.Key) setting {
	return setting{
		goal:    isGoal(section),
		market:  containsAny(words, "产值", "销售", "市场", "利税", "收入", "全球", "据统计", "职工", "员工", "我国", "全国"),
		wished:  isGoal(section) || containsAny(words, "目标", "要求", "预期", "实现", "希望", "需", "指标", "提高", "提升", "降低", "确保", "保证", "应", "想", "不低于", "不超过", "不大于", "不小于", "want", "need", "must", "should", "target", "require"),
		today:   statesToday(words) && !containsAny(words, "公司", "我司", "年产", "国外", "目前国内"),
		problem: classify(words, section, "") == need.KeyProblem,
		spoken:  containsAny(words, "现在", "我们"),
	}
}

// plausible reports whether a row of a free text is an indicator, and no figure
// of the firm, the market, or money.
func plausible(t *text, d *draft, s setting) bool {
	switch {
	case d.name == "" || d.unit == "" && d.op == "" || unmeasured(d.unit) || soldOrOwned(d.name) || s.market || processLimit(d):
		return false
	case d.target == nil:
		return d.current != nil && d.unit != "" && s.today && (quantityLike(d.name) || !s.spoken)
	case d.current == nil && isCalendar(d.unit) && !quantityLike(d.name) && !strings.Contains(d.name, "期"):
		return false // by when, not how long
	case s.goal || d.current != nil:
		return true
	case !d.cued && t.attributive(d.spans[len(d.spans)-1].end), !s.wished && s.problem:
		return false
	default:
		return s.wished || d.delta || d.op != need.Equal && !d.implied
	}
}

// statesToday reports whether a sentence says how things are now.
func statesToday(words string) bool {
	return containsAny(words, "目前", "现状", "当前", "现为", "仅为", "仅有", "只能达到", "现在")
}

// attributive reports whether what ends at i describes a thing: 超过5米的轴承.
func (t *text) attributive(i int) bool { return t.at(i) == '的' }

// unmeasured reports whether the unit counts people, papers, firms or money.
func unmeasured(unit string) bool {
	base := strings.TrimLeft(unit, "万亿千百")
	switch base {
	case "人", "名", "家", "户", "项", "篇", "种", "类", "部", "元", "块", "美元", "欧元", "岁", "台", "套", "条", "座", "月", "亩", "头", "株", "辆", "批", "件", "元/吨":
		return true
	}
	return base == "" && unit != "" || strings.HasPrefix(base, "元")
}

func soldOrOwned(name string) bool {
	return containsAny(name, "产值", "销售", "市场", "投资", "投入", "预算", "经费", "资金", "产能", "年产", "规模", "人员", "团队", "面积", "专利", "论文", "利润", "税", "注册", "成立", "占地", "损失", "价格", "售价")
}

// mostRows is how many rows are taken from one text.
const mostRows = 200

// keep turns drafts into rows with evidence.
func (rd *reader) keep(drafts []*draft) {
	for _, d := range drafts {
		if d.current == nil && d.target == nil || len(rd.out.Rows) >= mostRows {
			continue
		}
		row := need.Indicator{
			Name: d.name, Op: d.op, Current: d.current, Target: d.target, Unit: d.unit,
			Status: need.Filled, Checks: need.Checks{Rule: true, Aligned: true},
		}
		if d.name == "" && rd.c.Row != nil {
			row.ID, row.Name = rd.c.Row.ID, rd.c.Row.Name
			asTarget(&row, rd.c.Row)
		}
		if row.Name == "" && row.Target != nil {
			row.Name = cmp.Or(amountOf(rd.c.Problem, d.unit), quantityOf(d.unit), d.said)
		}
		rd.conditions(&row, d)
		row.Evidence = rd.evidenceOf(d)
		rd.out.Rows = append(rd.out.Rows, RowFound{Row: row})
	}
}

// asTarget takes a plain value for the target of a row whose value of today is
// known: the question was about what is missing.
func asTarget(row, asked *need.Indicator) {
	if row.Target != nil || row.Current == nil || asked.Current == nil || asked.Target != nil {
		return
	}
	row.Target, row.Current, row.Op = row.Current, nil, need.AtLeast
	if asked.Current.Num > row.Target.Num {
		row.Op = need.AtMost
	}
}

// conditions joins the conditions of a row, each once.
func (rd *reader) conditions(row *need.Indicator, d *draft) {
	var words []string
	for _, s := range d.conditions {
		if w := rd.t.str(rd.t.bare(s)); w != "" && !slices.Contains(words, w) && !repeats(w, row) {
			words = append(words, w)
		}
		if m := rd.methodIn(s); m != "" && row.Method == "" {
			row.Method = m
		}
	}
	row.Condition = strings.Join(words, "，")
}

// repeats reports whether words say a number of the row again and little else:
// 你记35%.
func repeats(words string, row *need.Indicator) bool {
	for _, q := range []*need.Quantity{row.Current, row.Target} {
		if q != nil && NumbersStand(words, q, row.Unit) && len([]rune(words)) <= len([]rune(q.Text))+4 {
			return true
		}
	}
	return false
}

// methodIn returns the number of the standard that a condition names.
func (rd *reader) methodIn(s span) string {
	words := rd.t.str(s)
	for _, m := range need.Standards(words) {
		return string([]rune(words)[m[0]:m[1]])
	}
	return ""
}

// evidenceOf is the shortest stretch with the statements of the row, and each
// condition that lies outside of it.
func (rd *reader) evidenceOf(d *draft) []need.Evidence {
	all := d.spans[0]
	for _, s := range d.spans[1:] {
		all.start, all.end = min(all.start, s.start), max(all.end, s.end)
	}
	out := []need.Evidence{rd.t.evidence(all)}
	for _, c := range d.conditions {
		if c.start < all.start || c.end > all.end {
			out = append(out, rd.t.evidence(c))
		}
	}
	return out
}

// rowID is the id of the nth row of a need.
func rowID(n int) string { return "i" + strconv.Itoa(n) }
