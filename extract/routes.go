package extract

import "tanxu/need"

// routes finds wishes that are no, or not only, technology needs. A word alone
// does not make a route: it has to be wished for.
func routes(t *text) []need.Route {
	var out []need.Route
	seen := map[need.RouteKind]bool{}
	for _, s := range t.sentences() {
		words := t.str(s)
		for _, r := range routeCues() {
			if seen[r.kind] || !containsAny(words, r.words...) || containsAny(words, r.unless...) {
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
}

func routeCues() []routeCue {
	return []routeCue{
		{need.RouteFinance, "asks for money", []string{"想贷款", "要的是贷款", "想贷", "贷点款", "申请贷款", "融资需求", "想融资", "缺资金", "缺钱", "周转资金", "找投资", "需要资金支持", "帮忙贷", "跟银行熟", "need a loan", "need funding"}, []string{"贷款买的", "不贷款"}},
		{need.RouteMarket, "asks for customers", []string{"找客户", "找订单", "要订单", "缺订单", "拓展市场", "引荐医院", "经销商资源", "引荐医院、经销商", "打开销路", "找销路", "没有订单", "帮忙推广", "对接采购商", "把货走出去", "招经销商", "开拓客户", "find customers", "find buyers"}, nil},
		{need.RoutePolicy, "asks for subsidies or titles", []string{"申请补贴", "要补贴", "拿补贴", "申报高企", "评高企", "高企认定", "评专精特新", "申报专精特新", "专精特新申报", "政策扶持", "申请奖补", "申报奖励", "好批钱", "apply for a subsidy"}, nil},
		{need.RouteTalent, "asks for staff", []string{"招人", "招聘工程师", "想招", "缺人才", "招不到人", "引进人才", "招研发人员", "招博士", "hire engineers"}, []string{"招聘主管", "我是招"}},
		{need.RoutePurchase, "what is sought can be bought", []string{"买现成", "有现成", "直接买", "买一台", "买一套", "买台机器", "买成熟", "走采购", "要台机器", "哪里有卖", "off the shelf", "buy a machine"}, nil},
		{need.RouteManagement, "a question of management", []string{"员工流失", "管理混乱", "管理问题", "绩效考核怎么", "排班怎么", "股权怎么分"}, nil},
		{need.RouteExpertCheck, "the target may lie beyond a physical limit", []string{"永动", "效率超过100%", "效率达到100%", "零损耗", "理论电压", "零能耗"}, nil},
	}
}
