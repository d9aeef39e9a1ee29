package extract

import (
	"strings"

	"tanxu/need"
)

// partCondition is the question under which condition a row was measured.
const partCondition = "condition"

// circumstances keeps of the rows in an answer to the question for a condition
// those that state a target or name a row on record; the figures of the others,
// 24000转空转两小时, say how the row that was asked about is measured.
func (rd *reader) circumstances() {
	var kept []RowFound
	for _, f := range rd.out.Rows {
		other := f.Row.ID != rd.c.Row.ID && (f.Row.Target != nil || rd.rowLike(f.Row) != "")
		if other && !surrounding(f.Row.Name) && nameScore(f.Row.Name, rd.c.Row.Name) < 0.6 {
			kept = append(kept, f)
		}
	}
	rd.out.Rows = kept
	if !rd.hushed() {
		rd.conditionOf(rd.c.Row)
	}
}

// conditionOf takes the sentences of an answer that say how something is
// measured for the condition of the row that was asked about, or for its method
// where they name an instrument or a standard only.
func (rd *reader) conditionOf(row *need.Indicator) {
	found := need.Indicator{ID: row.ID, Name: row.Name, Checks: need.Checks{Rule: true, Aligned: true}}
	var conditions, methods []string
	for _, sentence := range rd.t.answerSentences() {
		s := rd.t.trim(rd.t.withoutMeta(sentence))
		words := rd.t.str(s)
		if s.end-s.start < 2 || !measuredUnder(words) {
			continue
		}
		found.Evidence = append(found.Evidence, rd.t.evidence(s))
		found.Method = rd.methodIn(s)
		if instrument(words) && !hasDigit(strings.ReplaceAll(words, found.Method, "")) {
			methods = append(methods, rd.t.original(s))
			continue
		}
		conditions = append(conditions, rd.t.original(s))
	}
	if len(found.Evidence) == 0 {
		return
	}
	found.Condition = strings.Join(conditions, "；")
	if len(methods) > 0 {
		found.Method = strings.Join(methods, "；")
	}
	rd.out.Rows = append(rd.out.Rows, RowFound{Row: found})
}

// withoutMeta drops the clauses about the talk itself from the front of a
// sentence: 我前面说了，….
func (t *text) withoutMeta(s span) span {
	for _, c := range t.clauses(s) {
		if !meta(t.str(c)) {
			return span{c.start, s.end}
		}
	}
	return span{}
}

// meta reports whether words speak of the talk and not of the need: 我前面说了.
func meta(words string) bool {
	return containsAny(words, "前面说", "前面讲", "刚才说", "刚才讲", "刚说过", "刚说了", "说过了", "讲过了", "上面说", "你记错", "记到哪", "记哪", "问过了", "刚才问", "那题", "等一下", "等等，", "等会儿")
}

// measuredUnder reports whether words say how, on what, by what or under which
// circumstances something is measured.
func measuredUnder(words string) bool {
	if containsAny(words, "专利", "归我们", "产权", "预算", "万元", "公开", "保密", "价格", "老板", "合作") {
		return false
	}
	if isCondition(words) || instrument(words) {
		return true
	}
	for _, m := range need.Measures(words) {
		if setsTheScene(m.Unit) {
			return true
		}
	}
	return containsAny(words, "温", "湿度", "小时", "分钟", "负载", "载荷", "负荷", "满载", "空载", "空转", "转速", "气压", "保压", "工况", "条件", "按", "依", "样", "批", "抽", "连续", "平均", "自然", "静置", "放置", "前后", "方向", "横向", "纵向", "径向", "轴向", "全长", "量产", "试产", "产线", "现场", "冷", "热", "干", "湿", "水", "下", "时", "后")
}

// instrument reports whether words name what something is measured with or by.
func instrument(words string) bool {
	return len(need.Standards(words)) > 0 || containsAny(words, "仪", "千分尺", "卡尺", "百分表", "千分表", "三坐标", "显微镜", "电镜", "天平", "光谱", "色谱", "质谱", "试验机", "测厚", "探伤", "万用表", "示波器", "传感器", "热电偶", "硬度计", "粘度计", "流量计", "压力表", "国标", "行标", "企标")
}

// surrounding reports whether a name is one of the circumstances of a test.
func surrounding(name string) bool {
	return containsAny(name, "环境温", "环境湿", "环境气", "室温", "室内温", "相对湿度", "测试温度", "试验温度", "测试压力", "试验压力", "测试转速", "试验转速", "保压时间", "保压压力", "空转")
}

// ambientRows takes rows that only state the circumstances of a test for
// conditions: of the row that was asked about, of the rows found beside, or of
// those on record that have none.
func (rd *reader) ambientRows() {
	var kept []RowFound
	var around []need.Evidence
	for _, f := range rd.out.Rows {
		if f.Row.ID == "" && len(f.Row.Evidence) > 0 && rd.rowLike(f.Row) == "" && rd.circumstance(f.Row) {
			around = append(around, f.Row.Evidence...)
			continue
		}
		kept = append(kept, f)
	}
	if len(around) == 0 {
		return
	}
	var words []string
	for _, e := range around {
		words = append(words, e.Quote)
	}
	condition := strings.Join(words, "，")
	switch {
	case rd.c.Row != nil && len(kept) == 0:
		kept = append(kept, conditioned(rd.c.Row, condition, around))
	case len(kept) > 0:
		for i := range kept {
			if row := &kept[i].Row; row.Condition == "" {
				row.Condition, row.Evidence = condition, append(row.Evidence, around...)
			}
		}
	default:
		for _, row := range rd.c.Rows {
			if row.Condition == "" && (row.Current != nil || row.Target != nil) {
				kept = append(kept, conditioned(row, condition, around))
			}
		}
	}
	rd.out.Rows = kept
}

// circumstance reports whether a row states how a test is done: by its name, or
// where a speed or a pressure is given and the answer speaks of testing.
func (rd *reader) circumstance(row need.Indicator) bool {
	if surrounding(row.Name) {
		return true
	}
	s := string(rd.t.runes)
	return row.Current == nil != (row.Target == nil) && !wishes(s) && hasAnySuffix(row.Name, "转速", "气压", "保压") && containsAny(s, "测", "检", "试验", "空转")
}

func wishes(s string) bool {
	return containsAny(s, "目标", "要求", "希望", "要到", "要做到", "提到", "提高", "达到")
}

func conditioned(row *need.Indicator, words string, evidence []need.Evidence) RowFound {
	return RowFound{Row: need.Indicator{ID: row.ID, Name: row.Name, Condition: words, Evidence: evidence, Checks: need.Checks{Rule: true, Aligned: true}}}
}

// noIndicator takes back the rows on record that a clause calls no indicator: 保压
// 压力是试验条件.
func (rd *reader) noIndicator() {
	for _, s := range rd.t.sentences() {
		words := rd.t.str(s)
		if !containsAny(words, "不是指标", "不算指标", "不是什么指标", "是试验条件", "是测试条件", "是检测条件", "是测量条件", "是条件，不是", "删掉", "删了", "删除") {
			continue
		}
		for _, row := range rd.c.Rows {
			if len([]rune(row.Name)) < 2 || !strings.Contains(words, row.Name) {
				continue
			}
			rd.out.Rows = nil
			rd.out.Marks = []Mark{{Key: need.KeyIndicator, Row: row.ID, Status: need.Missing, Quote: rd.t.evidence(s)}}
		}
	}
}
