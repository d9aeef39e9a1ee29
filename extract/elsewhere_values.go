package extract

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"tanxu/need"
)

// names returns the commercial field that words name, "" if they name none.
func names(words string) need.Key {
	switch {
	case containsAny(words, "钱", "费用", "预算", "经费", "投入", "面议"):
		return need.KeyBudget
	case containsAny(words, "时间", "期限", "时限", "什么时候", "尽快", "尽早", "越快", "快点", "赶紧"):
		return need.KeyDeadline
	case containsAny(words, "专利", "产权", "成果归"):
		return need.KeyIPTerms
	case containsAny(words, "合作", "委托", "怎么做"):
		return need.KeyCoopMode
	default:
		return ""
	}
}

// readsAny returns the first of the fields asked that a clause has the amount,
// the date or the code of; of several, dates come before the amounts that their
// numbers could be taken for.
func (rd *reader) readsAny(words string) need.Key {
	if len(rd.c.Asked) == 1 {
		if rd.reads(words, rd.c.Asked[0]) {
			return rd.c.Asked[0]
		}
		return ""
	}
	for _, shape := range []need.Shape{need.Date, need.Code, need.Cash} {
		for _, k := range rd.c.Asked {
			money := shape != need.Cash || containsAny(words, "万", "元", "亿", "钱", "预算") || len([]rune(words)) <= 6
			if k.Shape() == shape && money && rd.reads(words, k) {
				return k
			}
		}
	}
	return ""
}

// reads reports whether a clause holds what a question for an amount, a date or
// a code asks for.
func (rd *reader) reads(words string, k need.Key) bool {
	switch k.Shape() {
	case need.Cash:
		return slices.ContainsFunc(need.Amounts(words, true), func(a need.Amount) bool {
			return (a.Role == "" || a.Role == need.MoneyPlanned || a.Role == need.MoneyToPartner) && !perPiece.MatchString(words)
		})
	case need.Date:
		return !lasts.MatchString(words) && len(need.Deadlines(words, rd.now())) > 0
	case need.Code:
		_, _, _, ok := need.ReadCode(k, words)
		return ok && !strings.Contains(words, "还是")
	default:
		return false
	}
}

var (
	// perPiece finds what one piece may cost.
	perPiece = regexp.MustCompile(`单件|单价|成本|[每一](?:件|吨|公斤|斤|平|米|个|台|套|只|片|根|支)(?:[^，。]{0,3}(?:不能|不得|最多|别))`)
	// pieces finds numbers of things, and of years of turnover.
	pieces = regexp.MustCompile(`万(?:件|只|台|吨|片|套|支|根|米|平|粒|瓶|个|块|头|亩|人|次|公里|千瓦)|产值|销售|营收`)
	// lasts finds spans of time that something takes or lasts, or has taken.
	lasts = regexp.MustCompile(`周期|寿命|保质|质保|能用|用得?了|耐用|[搞弄做干拖折腾]了|已经` + figure + `+[年个]`)
)

func (rd *reader) now() time.Time {
	if rd.c.Now.IsZero() {
		return time.Now()
	}
	return rd.c.Now
}

// codeOf finds a code, an amount or a date that makes up most of a clause, or an
// end that is set to the whole work.
func (rd *reader) codeOf(words string, asked need.Key) need.Key {
	for _, k := range []need.Key{need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality} {
		if code, start, end, ok := need.ReadCode(k, words); ok && !hasDigit(words) && mostly(words, start, end) && (code != "面议" || names(words) == k) {
			return k
		}
	}
	table, tells := asked.Shape() == need.Table, slices.Contains(told(), asked)
	for _, w := range need.Deadlines(words, rd.now()) {
		ends := done.MatchString(words)
		limit := w.Limit && (!w.Duration || !table && (!tells || ends))
		if limit && (ends || mostly(words, w.Start, w.End)) && !lasts.MatchString(words) && datePoints(newText(words, ""), w, true, rd.now()) > 0 {
			return need.KeyDeadline
		}
	}
	plain := exact(asked) && strings.Contains(words, "万") && !pieces.MatchString(words)
	for _, a := range need.Amounts(words, plain) {
		bare := a.Role == "" && exact(asked) && a.Money.Max >= leastBudget
		if (a.Role == need.MoneyPlanned && (!tells || planned(words)) || bare) && !perPiece.MatchString(words) && mostly(words, a.Start, a.End) {
			return need.KeyBudget
		}
	}
	return ""
}

// leastBudget is the smallest amount, in 万元, that stands for the money of a
// project without a word that says so.
const leastBudget = 1

// done finds words that set an end to the whole work.
var done = regexp.MustCompile(`(?:内|前|底).{0,3}(?:完成|解决|搞定|做完|做好|弄好|换完|交付|见效|上线|投产|验收|用上|拿出)|前(?:要|得|必须)|最晚|最迟`)

// mostly reports whether a value makes up most of a clause, filling words aside.
func mostly(words string, start, end int) bool {
	const least, rest = 6, 4
	r := []rune(words)
	if all := len(r); 10*(end-start) >= least*all || all <= 10 && all-(end-start) <= rest {
		return true
	}
	around := string(r[:start]) + " " + string(r[end:])
	for w := range strings.FieldsSeq("都能谈 都好谈 好谈 能谈 封顶 够呛 费用 的钱 钱 希望 最好 争取 尽量 必须 完成 搞定 解决 做完 弄好 见效 交付 投产 最晚 最迟 之前 以前 预算 打算 准备 计划 投入 研发 经费 资金 大概 左右 差不多 厂里 我们 老板 批了 拿出 愿意 之内 以内 之间 不等 就行 可以 吧 的 能 要 得 在 就 内 前 想 做 投 拿 出 花 给 是 都 行 跟 和 与") {
		around = strings.ReplaceAll(around, w, "")
	}
	n := 0
	for _, c := range around {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			n++
		}
	}
	return n <= rest-1
}
