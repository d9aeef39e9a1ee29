package need

import "strings"

// The questions of a supplier that are about no field and no row.
const (
	AskSample     = "sample"     // can material or faulty pieces be had?
	AskVolume     = "volume"     // how many, how much at a time?
	AskAcceptance = "acceptance" // how is it decided that the target is met?
	AskInterface  = "interface"  // what of equipment, sizes, steps may not change?
	AskDelivery   = "delivery"   // what is handed over: a recipe, a prototype, a line?
)

// SupplierQuestions are what somebody who has to quote would still ask: parts of
// rows ("condition:i1", "current:i1"), the questions above, and fields. What the
// contact declined to say is not asked.
func (n *Need) SupplierQuestions() []string {
	list := []string{}
	add := func(missing bool, question string) {
		if missing {
			list = append(list, question)
		}
	}
	add(len(n.Indicators) == 0 && n.status(KeyIndicator) != Declined, string(KeyIndicator))
	assessable := false
	for _, row := range n.Indicators {
		if row.Status == Declined {
			continue
		}
		assessable = assessable || row.Assessable()
		add(row.Target == nil, "target:"+row.ID)
		add(row.Target != nil && row.Condition == "" && row.Method == "", "condition:"+row.ID)
		add(row.Target != nil && row.Current == nil, "current:"+row.ID)
	}
	add(!assessable, AskAcceptance)
	add(!n.says(sampleWords(), KeyFoundation, KeyPartnerReq, KeyTried), AskSample)
	add(!n.says(volumeWords(), KeyScene, KeyProblem, KeyFoundation), AskVolume)
	add(n.open(KeyConstraints), AskInterface)
	add(!n.says(deliveryWords(), KeyPartnerReq, KeyExpectedGoal, KeyKeyTech, KeyCoopMode), AskDelivery)
	add(n.open(KeyDeadline), string(KeyDeadline))
	add(n.open(KeyBudget), string(KeyBudget))
	add(n.open(KeyConfidentiality), string(KeyConfidentiality))
	return list
}

// open reports whether nothing usable stands in a field, and nobody refused it.
func (n *Need) open(k Key) bool {
	switch n.status(k) {
	case Filled, Confirmed, Declined:
		return false
	default:
		return true
	}
}

// says reports whether one of the fields has one of the words.
func (n *Need) says(words []string, keys ...Key) bool {
	for _, k := range keys {
		f := n.Fields[k]
		if f == nil {
			continue
		}
		for _, item := range f.Items {
			for _, w := range words {
				if strings.Contains(item.Value.Text, w) {
					return true
				}
			}
		}
	}
	return false
}

func sampleWords() []string {
	return []string{"样品", "试样", "样件", "样片", "留样", "不良品", "废品可", "可提供", "可以提供", "能提供", "能给", "可以给", "给多少", "寄", "来料", "sample"}
}

func volumeWords() []string {
	return []string{"月产", "年产", "日产", "每月", "每年", "每天", "一天", "一个月", "一年", "月出", "产能", "万只", "万件", "万片", "万套", "万吨", "吨/", "批量", "小批", "per month", "per year", "a year"}
}

func deliveryWords() []string {
	return []string{"样机", "工艺包", "配方", "方案", "小试", "中试", "量产", "交付", "软件", "图纸", "参数", "驻厂", "装备", "设备", "prototype", "recipe"}
}
