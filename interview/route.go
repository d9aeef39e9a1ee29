package interview

import (
	"regexp"
	"slices"
	"strings"

	"tanxu/extract"
	"tanxu/need"
)

// route keeps referrals: wishes for money, customers, titles, people.
func (t *turn) route(n *need.Need, m Message, r extract.Reading) {
	for _, route := range r.Routes {
		known := slices.ContainsFunc(n.Routes, func(o need.Route) bool { return o.Kind == route.Kind })
		if _, ok := t.guide.Routes[route.Kind]; known || !ok || !grounded(m, route.Evidence) {
			continue
		}
		t.emit(need.Event{Kind: need.Routed, By: need.Contact, Need: n.ID, Message: m.ID, Route: &route})
	}
}

// refusedRoute finds a referral that is not wanted: 不要按采购.
var refusedRoute = regexp.MustCompile(`(?:不要|别|不是|不用|不想|不能|不|取消|去掉)(?:给我|我们|再|按|走|当|算|做|记|写|登记|转|找|要|去|成|为|是|作)*(采购|买现成|买|贷款|融资|找客户|市场对接|补贴|招人|人才)`)

// refuseRoutes drops the referral that a message refuses, and with a purchase
// that way of working together; the way that is wanted is read from the rest. It
// reports whether there was one.
func (t *turn) refuseRoutes(n *need.Need, m Message) bool {
	refused := refusedRoute.FindStringSubmatch(m.Text)
	if refused == nil {
		return false
	}
	kind := map[string]need.RouteKind{
		"采购": need.RoutePurchase, "买现成": need.RoutePurchase, "买": need.RoutePurchase, "贷款": need.RouteFinance, "融资": need.RouteFinance,
		"找客户": need.RouteMarket, "市场对接": need.RouteMarket, "补贴": need.RoutePolicy, "招人": need.RouteTalent, "人才": need.RouteTalent,
	}[refused[1]]
	if !slices.ContainsFunc(n.Routes, func(r need.Route) bool { return r.Kind == kind }) {
		return false
	}
	t.dropRoute(n, m, kind)
	mode := n.Field(need.KeyCoopMode).Items
	if kind != need.RoutePurchase {
		return true
	}
	if bought := slices.DeleteFunc(slices.Clone(mode), func(i need.Item) bool { return i.Value.Text != buying }); len(bought) > 0 {
		t.withdraw(n, m, need.KeyCoopMode, bought, "taken back by the contact")
		t.changed = append(t.changed, string(need.KeyCoopMode))
	}
	for _, f := range t.read.Read(m.Text, t.context(m, []need.Key{need.KeyCoopMode})).Values {
		if f.Key == need.KeyCoopMode && f.Item.Value.Text != buying {
			t.value(n, m, f, true)
		}
	}
	return true
}

// buying is the way of working together that is a purchase.
const buying = "采购"

// dropRoute takes a referral back.
func (t *turn) dropRoute(n *need.Need, m Message, kind need.RouteKind) {
	t.emit(need.Event{Kind: need.RouteDropped, By: need.Contact, Need: n.ID, Message: m.ID, Route: &need.Route{Kind: kind}, Note: "taken back by the contact"})
	t.changed = append(t.changed, "route:"+string(kind))
}

// routeQuestion asks once whether a technical cause stands behind a wish that is
// no technology need, and what stands behind a target that needs an expert.
func (t *turn) routeQuestion(n *need.Need) *candidate {
	if t.s.talk(n.ID).closed[need.KeyProblem] {
		return nil
	}
	for _, r := range n.Routes {
		id := "problem." + string(r.Kind)
		if t.s.askedAs(n.ID, id) {
			continue
		}
		if r.Kind != need.RouteExpertCheck && (technical(n) || t.s.asked(n.ID) > 3) {
			continue
		}
		return &candidate{id: id, key: need.KeyProblem, probe: true, text: t.guide.Routes[r.Kind].Ask}
	}
	return nil
}

// hopeless reports whether a wish was asked about, and nothing technical came
// of it.
func (t *turn) hopeless(n *need.Need) bool {
	return slices.ContainsFunc(n.Routes, func(r need.Route) bool {
		return r.Kind != need.RouteExpertCheck && r.Kind != need.RoutePurchase && t.s.askedAs(n.ID, "problem."+string(r.Kind))
	}) && !technical(n)
}

// close says where the wish goes and reads back what was noted.
func (t *turn) close(n *need.Need) {
	for _, r := range n.Routes {
		t.acks = append(t.acks[:0], t.guide.Routes[r.Kind].Close.In(t.lang()))
		break
	}
	t.retitle(n)
	t.suggest(n)
	t.digest(n)
	t.phase(PhaseConfirming)
	t.showCard(n, t.text("readback"), t.card(n, nil))
}

// technical reports whether anything on record is about product or process.
func technical(n *need.Need) bool {
	if slices.ContainsFunc(n.Indicators, func(r *need.Indicator) bool { return r.Target != nil || !commercial(r.Name) }) {
		return true
	}
	for _, k := range []need.Key{need.KeyProblem, need.KeyRootCause, need.KeyTried, need.KeyExpectedGoal, need.KeyKeyTech} {
		for _, item := range n.Field(k).Items {
			for _, c := range clauses([]rune(item.Value.Text)) {
				if technicalWords(string([]rune(item.Value.Text)[c.start:c.end])) {
					return true
				}
			}
		}
	}
	return false
}

// blames finds what customers say is not good enough about a product: that is
// technology, though it is trade too.
var blames = regexp.MustCompile(`(?:嫌|说|反映|反馈|投诉|退|丢)[^，。]{0,10}(?:耐[^，。]{1,4}|盐雾|色差|密封|渗漏|噪声|噪音|光洁度|粗糙度|附着力|尺寸|性能|质量|品质|强度|精度|硬度|寿命|纯度|平整度|合格率)[^，。]{0,4}(?:不够|不足|不行|不好|不稳|达不到|不达标|不过关|太?差|太?低|太?短)`)

// technicalWords reports whether a clause complains of product or process.
func technicalWords(clause string) bool {
	if blames.MatchString(clause) {
		return true
	}
	praise := containsAny(clause, "没问题", "没话说", "没毛病", "合格", "放心", "不用改", "不用操心", "不缺技术", "不是技术", "没一家说", "成熟", "都夸", "没有技术", "没什么技术")
	return !praise && !commercial(clause) && containsAny(clause,
		"工艺", "强度", "精度", "硬度", "面型", "寿命", "裂", "脆", "磨损", "腐蚀", "杂质", "含量", "残留", "变形", "翘", "掉粉", "掉色",
		"色牢度", "不良", "缺陷", "能耗", "水洗", "皂洗", "浮色", "用水", "耗水", "耗电", "解析", "温度", "压力", "配方", "涂层", "毛刺", "气泡", "针孔",
		"超差", "不达标", "达不到", "不稳定", "波动", "回收率", "收率", "效率低", "返工", "报废", "性能", "研制", "太慢", "又慢", "defect", "crack", "wear",
		"strength", "accuracy", "corrosion", "yield")
}

// commercial reports whether words are about trade, not technology.
func commercial(words string) bool {
	return containsAny(words, "集采", "落标", "中标", "客户", "订单", "渠道", "经销", "价格", "降价", "开工", "产能", "销量", "出货", "贷款", "利率", "补贴", "展会", "市场", "投诉率")
}

// routeNotes are the sentences that a read-back adds about referrals.
func (t *turn) routeNotes(n *need.Need) string {
	var notes []string
	for _, r := range n.Routes {
		if r.Kind == need.RouteExpertCheck || r.Kind == need.RoutePurchase {
			notes = append(notes, t.guide.Routes[r.Kind].Close.In(t.lang()))
		}
	}
	return strings.Join(notes, "\n")
}
