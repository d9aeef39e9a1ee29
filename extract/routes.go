package extract

import (
	"regexp"

	"tanxu/need"
)

// routes finds wishes that are no, or not only, technology needs. A word alone
// does not make a route: it has to be wished for.
func routes(t *text) []need.Route {
	var out []need.Route
	seen := map[need.RouteKind]bool{}
	for _, s := range t.sentences() {
		words := t.str(s)
		for _, r := range routeCues() {
			wished := containsAny(words, r.words...) || r.pattern != nil && r.pattern.MatchString(words)
			if seen[r.kind] || !wished || containsAny(words, r.unless...) {
				continue
			}
			seen[r.kind] = true
			out = append(out, need.Route{Kind: r.kind, Why: r.why, Evidence: []need.Evidence{t.evidence(s)}})
		}
	}
	return out
}

type routeCue struct {
	kind   need.RouteKind
	why    string
	words  []string
	unless []string
	// pattern finds wishes with a word in between (缺大厂订单).
	pattern *regexp.Regexp
}

var (
	wantsMoney     = regexp.MustCompile(`(?:想|要|能)贷[\d一二两三四五六七八九十百千]`)
	wantsCustomers = regexp.MustCompile(`缺[\p{Han}]{0,4}(?:订单|客户|销路)|介绍[\p{Han}]{0,3}客户|引荐[\p{Han}]{0,4}(?:客户|医院|采购|经销)`)
	wantsTitle     = regexp.MustCompile(`(?:评|申报|申请|认定|拿|办)[一个下成上到]{0,2}(?:高新(?:技术)?企业|高新|高企|专精特新|小巨人|单项冠军|示范企业)|(?:想|就|要)[^，。]{0,6}(?:这|块|个)(?:牌子|称号|资质)`)
	wantsMachine   = regexp.MustCompile(`想(?:买|采购|购买)[一1]?(?:条|台|套)|交钥匙的?(?:产线|整线|设备)?|(?:市面|市场)上?[\p{Han}]{0,3}成熟(?:产品|设备|机器)`)
)

func routeCues() []routeCue {
	return []routeCue{
		{need.RouteFinance, "想要的是资金", []string{"想贷款", "要的是贷款", "想贷", "贷点款", "申请贷款", "融资需求", "想融资", "缺资金", "缺钱", "周转资金", "找投资", "需要资金支持", "帮忙贷", "need a loan", "need funding"}, []string{"贷款买的", "不贷款"}, wantsMoney},
		{need.RouteMarket, "想要的是客户或订单", []string{"找客户", "找订单", "要订单", "缺订单", "缺客户", "大厂订单", "介绍客户", "介绍订单", "拉点订单", "拓展市场", "引荐医院", "经销商资源", "打开销路", "找销路", "没有订单", "帮忙推广", "对接采购商", "把货走出去", "招经销商", "开拓客户", "find customers", "find buyers"}, nil, wantsCustomers},
		{need.RoutePolicy, "想要的是补贴或资质认定", []string{"申请补贴", "要补贴", "拿补贴", "申报高企", "评高企", "高企认定", "评专精特新", "申报专精特新", "专精特新申报", "政策扶持", "申请奖补", "申报奖励", "好批钱", "apply for a subsidy"}, nil, wantsTitle},
		{need.RouteTalent, "想要的是人手", []string{"招人", "招聘工程师", "想招", "缺人才", "招不到人", "引进人才", "招研发人员", "招博士", "hire engineers"}, []string{"招聘主管", "我是招"}, nil},
		{need.RoutePurchase, "想要的东西市面上买得到", []string{"买现成", "现成机器", "现成的机器", "现成设备", "直接买", "买一台", "买一套", "买一条", "交钥匙的", "买台机器", "买成熟", "走采购", "要台机器", "哪里有卖", "off the shelf", "buy a machine"}, nil, wantsMachine},
		{need.RouteManagement, "是管理上的问题", []string{"员工流失", "管理混乱", "管理问题", "绩效考核怎么", "排班怎么", "股权怎么分"}, nil, nil},
		{need.RouteExpertCheck, "目标可能超出物理极限", []string{"永动", "效率超过100%", "效率达到100%", "零损耗", "理论极限", "物理极限", "理论上限", "零能耗"}, nil, nil},
	}
}
