package extract

import (
	"regexp"
	"slices"
	"strings"
	"time"
	"unicode"

	"tanxu/need"
)

// Share is a part of an answer, in runes, and the field that it is about.
type Share struct {
	Key        need.Key
	Start, End int
}

// topic are words that leave no doubt what a clause is about, and the questions
// to which such words may well be the answer.
type topic struct {
	key   need.Key
	match *regexp.Regexp
	fits  []need.Key
}

const (
	figure = `[\d一二两三四五六七八九十百千万半几]`
	lead   = `(?:之前|以前|前年|去年|前期|当时|后来|早先|前两年|这两年|还|也|又|都|先后|曾经?|倒是|这个|这事|我们|咱们|厂里|公司|技术部|车间|工艺上|自己|已经)*`
	fixed  = `(?:设备|机器|机台|炉子?|产线|生产线|线体|模具|工装|原料|原材料|材料|牌号|配方|工艺|流程|场地|厂房|节拍|尺寸|图纸|外形|结构|包装|基材|母材|供应商)`
)

// topics are tried in order; the first that matches has the clause.
var topics = []topic{
	{
		need.KeyTried,
		regexp.MustCompile(`^` + lead + `(?:试过|找过|请过|买过|引进过|尝试过|委托过|试了|找[^，。]{1,10}(?:做过|试过|弄过|搞过)|[搞弄做]了[^，。]{0,4}(?:年|轮|次|回)[^，。]*没)`),
		[]need.Key{need.KeyPartnerReq, need.KeyDecisionOwner},
	},
	{
		need.KeyTried,
		regexp.MustCompile(`^` + lead + `(?:[换用改加调降升减磨喷包泡烘抽洗涂垫装]过|[改换]了[一两三几\d种家新别好])`),
		[]need.Key{need.KeyProblem, need.KeyFoundation, need.KeyPartnerReq, need.KeyScene, need.KeyDecisionOwner, need.KeyIndicator},
	},
	{
		need.KeyRootCause,
		regexp.MustCompile(`^(?:我|我们|技术员|技术科|老师傅|师傅们?|车间|厂里)?(?:自己)?(?:个人)?也?(?:怀疑|推测|估计(?:是|跟|和|可能|应该)|猜(?:是|测|可能|想)|判断(?:是|为|可能|应该)|分析(?:是|下来|可能))|^(?:主要|根本)?原因(?:就?是|在于|可能|应该|出在|估计)|(?:引起|造成|导致|惹出来)的吧?$`),
		[]need.Key{need.KeyTried, need.KeyIndicator},
	},
	{
		need.KeyRootCause,
		regexp.MustCompile(`^(?:应该|可能|八成|多半|恐怕)就?是[^，。]{2,}(?:不够|不足|不匀|不均|不稳|不准|不平|不严|没做好|没到位|太[^，。]|偏[^，。]|老化|磨损|松动?|变形|不好|的问题|的事)$`),
		[]need.Key{need.KeyTried, need.KeyIndicator},
	},
	{
		need.KeyConstraints,
		regexp.MustCompile(fixed + `[^，。]{0,8}(?:不能|不可以|不许|不准|不得|不允许|不好|别)再?(?:大?换|大?动|大?改|变|停|扩|重开)|` + fixed + `[^，。]{0,2}不(?:换|动|改|变)的(?:前提|情况|条件)|(?:不能|不得|不许)比[^，。]{1,6}[大高长重厚贵慢差低小]`),
		[]need.Key{need.KeyTried},
	},
	{
		need.KeyConstraints,
		regexp.MustCompile(`(?:成本|单价|单件|价格|[每一](?:件|吨|公斤|斤|平|米|个|台|套|只|片|根|支))[^，。]{0,6}(?:不能|不得|不许|别|最多)再?[^，。]{0,2}(?:涨|加|增|升|超|贵|高)|不能(?:用|见|动|有|碰)(?:明火|水|火|油|酸|溶剂|化学品)`),
		[]need.Key{need.KeyIndicator},
	},
	{
		need.KeyConstraints,
		regexp.MustCompile(`(?:不能|不可以|不许|不准)(?:换|动|改|变|停|加|超)[^，。]{0,6}$|[^，。]{2,}不(?:换|动|改)$`),
		[]need.Key{need.KeyProblem, need.KeyRootCause, need.KeyTried},
	},
	{
		need.KeyFoundation,
		regexp.MustCompile(`(?:可以|能|愿意)(?:提供|拿出|配合给|免费给)[^，。]{0,10}(?:样品|样件|样机|试样|数据|设备|场地|人手|产线|图纸)|^(?:样品|样件|试样|数据|场地|设备)都?(?:随便|有的是|可以给|能给|能提供|可以提供|要多少)`),
		[]need.Key{need.KeyCoopMode, need.KeyScene},
	},
	{
		need.KeyFoundation,
		regexp.MustCompile(`^(?:我们|厂里|这边)?(?:自己)?(?:也|倒是)?有(?:个|一个)?[^，。]{0,8}(?:研发|技术|试验|实验|检测)(?:小组|团队|人员|室|中心|部|线)|^[^，。]{0,4}(?:设备|仪器|实验室|中试线|样品)(?:倒|也)?是?有(?:的|，|$)|产值[^，。]{0,4}` + figure + `|^(?:员工|职工)`),
		[]need.Key{need.KeyScene, need.KeyProblem},
	},
	{
		need.KeyFoundation,
		regexp.MustCompile(`^(?:我们|厂里|这边|车间)?(?:现在|自己)?有` + figure + `+(?:台|套|个|名|位|条|间)[^，。]*(?:设备|机|炉|仪|实验室|工程师|技术员|人|线)$`),
		[]need.Key{need.KeyProblem, need.KeyScene, need.KeyTried, need.KeyConstraints, need.KeyIndicator, need.KeyRootCause},
	},
	{
		need.KeyScene,
		regexp.MustCompile(`^(?:我们|公司|厂里)(?:厂|公司)?(?:做的是|生产的是|是做|是生产|主要做|主要生产|专门做|专门生产)`),
		[]need.Key{need.KeyProblem, need.KeyFoundation, need.KeyTried},
	},
	{
		need.KeyScene,
		regexp.MustCompile(`(?:年产|月产|日产|产量)[^，。值]{0,6}` + figure),
		[]need.Key{need.KeyProblem, need.KeyFoundation, need.KeyIndicator, need.KeyRootCause, need.KeyTried, need.KeyConstraints},
	},
	{
		need.KeyProblem,
		regexp.MustCompile(`(?:退货|退了|退回|报废|赔了|赔款|返工|投诉|损失)[^，。]{0,6}` + figure),
		[]need.Key{need.KeyScene, need.KeyIndicator, need.KeyTried, need.KeyRootCause},
	},
	{
		need.KeyPartnerReq,
		regexp.MustCompile(`^(?:对方|合作方|来的人|专家|老师|团队|最好是?|希望对?方?|必须是?|得是?|要)(?:要|得|必须|最好)?(?:懂|做过|搞过|有[^，。]{0,8}经验|能?来现场)|^(?:就|我们)?(?:想|要|希望)(?:找|请)[个位一几]*[^，。]{0,3}(?:懂|会|搞|做)[^，。]*(?:教授|专家|老师|师傅|团队|院所|高校|学校|人)|驻厂|驻场`),
		[]need.Key{need.KeyTried, need.KeyCoopMode},
	},
	{
		need.KeyDecisionOwner,
		regexp.MustCompile(`^(?:这个|这事|最后)?(?:得|要|都)?(?:由|归|是)?我?们?(?:厂长|老板|总经理|董事长|总工|所长|院长|\p{Han}{0,3}总|自己|我)来?(?:定|拍板|说了算|决定)的?$`),
		[]need.Key{need.KeyBudget, need.KeyBudgetToPartner, need.KeyDeadline, need.KeyCoopMode, need.KeyIPTerms, need.KeyConfidentiality},
	},
}

var (
	// fillers carry the talk and belong to no field; asides refuse a topic or ask
	// us something.
	fillers = regexp.MustCompile(`^(?:没什么|没啥|没有|也没有|嗯+|好的?|对|反正|就这些|这样|那个|怎么说呢)$`)
	asides  = regexp.MustCompile(`^(?:先?(?:别|不要|甭|不)(?:谈|问|说|提|聊|管)[^，。]{0,8}|[^，。]{0,6}先?(?:别|不要|甭)(?:谈|问|说|提|聊|管)[^，。]{0,3}|[你们先说看]{0,4}(?:能不能|能否)(?:做|搞|解决|弄)[^，。]{0,4}|你们?(?:先|看着|看|说)[^，。]{0,4}(?:吧|呗|办|定)?)$`)
)

// told are the questions whose answers tell a story: money and dates in it are
// those of the story unless it says otherwise.
func told() []need.Key {
	return []need.Key{need.KeyTried, need.KeyProblem, need.KeyRootCause, need.KeyConstraints, need.KeyFoundation}
}

// shares parts an answer by the fields that its clauses are about, nil where all
// of it answers what was asked: people answer the question that they have in
// mind, and other questions beside the one that was asked.
func (rd *reader) shares() []Share {
	asked := rd.c.Asked[0]
	carry, other, many := asked, false, len(rd.c.Asked) > 1
	if many {
		carry = unclear
	}
	var out []Share
	for _, s := range rd.t.sentences() {
		before := unclear // what the clause before it in the sentence is about
		goal := asked != need.KeyTried && carry != need.KeyTried && asked.Shape() != need.Table && rd.tellsGoal(s, asked)
		for _, c := range rd.t.clauses(s) {
			k := rd.about(c, asked)
			switch {
			case k == filler:
				continue
			case goal && k.Shape() <= need.List:
				k = need.KeyIndicator
			case k == "":
				k = carry
			case k == unclear:
				k = before
			case k != None && (many || k.Shape() <= need.List):
				carry = k
			}
			before = k
			other = other || k != asked
			if last := len(out) - 1; last >= 0 && out[last].Key == k {
				out[last].End = c.end
				continue
			}
			out = append(out, Share{k, c.start, c.end})
		}
	}
	if many {
		return rd.cleared(out)
	}
	if !other {
		return nil
	}
	return out
}

// cleared gives the parts of an answer to several questions that name no field,
// such as 还没想好, to the one field that has no other part; where there is no
// such field they are about all of them, or about none.
func (rd *reader) cleared(shares []Share) []Share {
	if !slices.ContainsFunc(shares, func(s Share) bool { return s.Key != unclear && s.Key != None }) {
		return nil
	}
	var left []need.Key
	for _, k := range rd.c.Asked {
		if !slices.ContainsFunc(shares, func(s Share) bool { return s.Key == k }) {
			left = append(left, k)
		}
	}
	for i := range shares {
		switch {
		case shares[i].Key != unclear:
		case len(left) == 1:
			shares[i].Key = left[0]
		default:
			shares[i].Key = None
		}
	}
	return shares
}

// fromTo finds a sentence that tells where a quantity is and where it has to go.
var fromTo = regexp.MustCompile(`(?:现在|目前|眼下|如今)[^。；]*` + figure + `[^。；]*(?:要|想|希望|争取|得)[^。；]{0,6}(?:降|提|做|达|控制|压|升|低|高|缩)[^。；]{0,3}(?:到|在|至|于)[^。；]{0,3}` + figure +
	`|` + figure + `[^。；]*(?:要|想|希望|争取|得)[^。；]{0,4}(?:缩|降|提|做|达|压|升)[^。；]{0,3}到[^。；]{0,3}` + figure +
	`|(?:要|得)[^。；，]{0,3}` + figure + `[^。；，]*(?:以下|以上|以内)[^。；]{0,3}(?:现在|目前|眼下)[^。；]{0,4}` + figure)

// tellsGoal reports whether a sentence is about a quantity and its target; with
// the problem or the scene asked, only if it says nothing of them.
func (rd *reader) tellsGoal(s span, asked need.Key) bool {
	words := rd.t.str(s)
	if !fromTo.MatchString(words) {
		return false
	}
	return asked != need.KeyScene && (asked != need.KeyProblem || hits(words, symptomWords()) == 0)
}

// None is what a part of an answer is about that states nothing: it refuses a
// topic, or asks us something.
const None = need.Key("none")

const (
	filler  = need.Key("filler")  // carries the talk
	unclear = need.Key("unclear") // about one of several questions, or all of them
)

// about returns the field that a clause is about, "" if its words don't say.
func (rd *reader) about(c span, asked need.Key) need.Key {
	words := plainText(rd.t.str(c))
	switch {
	case hasDigit(words):
	case fillers.MatchString(words):
		return filler
	case asides.MatchString(words) && !(exact(asked) && names(words) == asked):
		return None
	}
	if k := rd.readsAny(words); k != "" {
		return k
	}
	if len(rd.c.Asked) > 1 && (refuses(words) || ignorant(words) || hedges(words) || delegated(words) != "") {
		if k := names(words); k != "" {
			return k
		}
		return unclear
	}
	said := need.Key("")
	for _, w := range topics {
		if w.match.MatchString(words) {
			said = w.key
			if slices.Contains(w.fits, asked) {
				said = asked
			}
			break
		}
	}
	if said == asked {
		return asked
	}
	if k := rd.codeOf(words, asked); k != "" {
		return k
	}
	switch {
	case said != "" && (asked.Shape() != need.Table || !hasDigit(words) || said == need.KeyConstraints):
		return said
	case said == "" && (asked.Shape() == need.Cash || asked.Shape() == need.Date) && c.end-c.start >= shortestOther:
		return otherwise(words)
	default:
		return ""
	}
}

// shortestOther is how many runes a clause has that may be about something else
// than an amount or a date, though no plain word says so.
const shortestOther = 6

// otherwise is what a clause is about that answers a question for an amount or a
// date with none.
func otherwise(words string) need.Key {
	if refuses(words) || ignorant(words) || hedges(words) || delegated(words) != "" {
		return ""
	}
	switch k := classify(words, "", ""); k {
	case need.KeyProblem, need.KeyTried, need.KeyConstraints, need.KeyFoundation, need.KeyPartnerReq:
		return k
	default:
		return ""
	}
}

// exact reports whether a field holds an amount, a date or a code.
func exact(k need.Key) bool { return k.Shape() > need.List && k.Shape() != need.Table }

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
	for _, a := range need.Amounts(words, false) {
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
	for w := range strings.FieldsSeq("都能谈 能谈 封顶 够呛 费用 的钱 钱 希望 最好 争取 尽量 必须 完成 搞定 解决 做完 弄好 见效 交付 投产 最晚 最迟 之前 以前 预算 打算 准备 计划 投入 研发 经费 资金 大概 左右 差不多 厂里 我们 老板 批了 拿出 愿意 之内 以内 之间 不等 就行 可以 吧 的 能 要 得 在 就 内 前 想 做 投 拿 出 花 给 是 都 行 跟 和 与") {
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

// shared reads each part of an answer as the answer to a question for its field.
func (rd *reader) shared(shares []Share) {
	rd.out.Shares = shares
	for _, s := range shares {
		c := rd.c
		switch {
		case s.Key == None:
			continue
		case s.Key != c.Asked[0]:
			c.Row, c.Part = nil, ""
		}
		c.Asked = []need.Key{s.Key}
		part := reader{t: rd.t.within(span{s.Start, s.End}), c: c, taken: rd.taken}
		part.answered()
		rd.out.Values = append(rd.out.Values, part.out.Values...)
		rd.out.Rows = append(rd.out.Rows, part.out.Rows...)
		rd.out.Marks = append(rd.out.Marks, part.out.Marks...)
	}
}

// within is a text of which only a span can be read; offsets stay.
func (t *text) within(s span) *text {
	part := &text{runes: slices.Clone(t.runes), before: t.before, ref: t.ref}
	if part.before == nil {
		part.before = t.runes
	}
	for i := range part.runes {
		if i < s.start || i >= s.end {
			part.runes[i] = ' '
		}
	}
	return part
}
