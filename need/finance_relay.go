package need

// Leg is one fund of the relay 种子 → 概念验证 → 中试 → 产业, which takes over a
// result at one level of maturity and hands it on at the next.
type Leg struct {
	Kind     string // of finance products
	Low      float64
	High     float64       // TRL
	Loans    []string      // kinds of loans that go with it
	HandOver []FinanceRule // what the next fund asks for; none for the last
}

// Relay are the legs in their order.
func Relay() []Leg {
	flag := func(text string, f Fact) FinanceRule {
		return FinanceRule{text, Condition{Op: Is, Fact: f, Yes: true}}
	}
	reached := func(text string, trl float64) FinanceRule {
		return FinanceRule{text, Condition{Op: Least, Fact: FactTRL, Low: trl, High: trl}}
	}
	return []Leg{
		{Kind: "种子", Low: 1, High: 2, HandOver: []FinanceRule{
			flag("核心成果权属清楚", FactRights), reached("原理已在实验室验证（TRL 3）", 3),
		}},
		{Kind: "概念验证", Low: 3, High: 4, HandOver: []FinanceRule{
			flag("完成小试并有数据", FactLabData), flag("有承接企业", FactPartner), reached("小试样品经相关环境验证（TRL 5）", 5),
		}},
		{Kind: "中试基金", Low: 5, High: 7, Loans: []string{"中试贷", "投贷联动"}, HandOver: []FinanceRule{
			flag("产品已批量销售", FactBatchSales), reached("工艺定型、产品经用户验证（TRL 8）", 8),
		}},
		{Kind: "产业基金", Low: 8, High: 9, Loans: []string{"成果转化贷", "专精特新贷", "投贷联动"}},
	}
}

// LegPlace says where a leg lies from what is known of the maturity.
type LegPlace string

// The places of a leg.
const (
	LegPassed   LegPlace = "passed"
	LegHere     LegPlace = "here"
	LegPossible LegPlace = "possible" // the maturity is not known well enough
	LegAhead    LegPlace = "ahead"
)

// Place returns where the leg lies.
func (l Leg) Place(k Knowledge) LegPlace {
	trl, known := k.Complete()[FactTRL]
	switch {
	case !known:
		return LegPossible
	case trl.Low > l.High:
		return LegPassed
	case trl.High < l.Low:
		return LegAhead
	case trl.Low >= l.Low && trl.High <= l.High:
		return LegHere
	default:
		return LegPossible
	}
}
