package rag

import (
	"encoding/json"
	"strconv"
	"strings"

	"tanxu/need"
)

// rightsShown is how many rights of an achievement a match speaks of.
const rightsShown = 3

// rights says of each right of an achievement whether it can be had as it is. One
// in force is a fact that fulfils no wish; one that is not is held against the wish.
func rights(n *need.Need, a need.Achievement) []need.Reason {
	wish, evidence := code(n, need.KeyIPTerms)
	var out []need.Reason
	for i, p := range properties(a) {
		if i == rightsShown {
			break
		}
		r := need.Reason{
			Kind: need.GapRight, Field: string(need.KeyIPTerms), Name: p.named(), Wanted: wish, Offered: p.state(),
			Need: evidence, Achievement: whole("ip:"+strconv.Itoa(i), p.text()),
		}
		if p.inForce() {
			r.Kind, r.Field, r.Wanted, r.Need = need.ReasonRight, "", "", need.Evidence{}
		}
		out = append(out, r)
	}
	return out
}

// properties are the rights of an achievement as its detail has them.
func properties(a need.Achievement) []property {
	var d struct {
		IP []property `json:"ip"`
	}
	if json.Unmarshal(a.Detail, &d) != nil {
		return nil
	}
	return d.IP
}

// inForce reports whether a right stands and is free.
func (p property) inForce() bool {
	if p.pledged() || p.Pledge == pledgeUnknown {
		return false
	}
	for _, word := range []string{"未授权", "失效", "无效", "终止", "审", "申请", "公开", "驳回", "冻结"} {
		if strings.Contains(p.Status, word) {
			return false
		}
	}
	for _, word := range []string{"有效", "授权", "登记", "维持"} {
		if strings.Contains(p.Status, word) {
			return true
		}
	}
	return false
}

// FinanceCautions say what of the recommended achievement, nil if none was,
// stands in the way of finance: what is pledged is no security any more.
func FinanceCautions(a *need.Achievement, lang string) []string {
	out := []string{}
	if a == nil {
		return out
	}
	for _, p := range properties(*a) {
		if p.pledged() {
			out = append(out, pick(lang,
				"推荐的成果“"+a.Title+"”："+p.named()+"已质押，不能再作质押物；转让或作价入股前须先解除质押或取得质权人同意",
				"“"+a.Title+"”, which was recommended: "+p.named()+" is pledged and is no security any more; the pledge has to be lifted, or its holder to agree, before it is assigned or contributed"))
		}
	}
	return out
}

// The pledge states that forbid to count on a right (need.PledgeStates).
const (
	pledgeHeld    = "质押中"
	pledgeUnknown = "不明"
)

// pledged reports whether a right is pledged, by its own field or by what
// stands in its state.
func (p property) pledged() bool {
	return p.Pledge == pledgeHeld || p.Pledge == "" && need.ReadPledge(p.Status) == pledgeHeld
}

// state is what is stated of a right, pledge included.
func (p property) state() string {
	switch {
	case p.Pledge == "" || strings.Contains(p.Status, p.Pledge):
		return p.Status
	case p.Pledge == pledgeUnknown:
		return joined(p.Status, "质押情况不明")
	default:
		return joined(p.Status, p.Pledge)
	}
}

// held reports whether what is stated of a right says that it is pledged.
func held(state string) bool {
	return need.ReadPledge(state) == pledgeHeld && !strings.Contains(state, pledgeUnknown)
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + "，" + b
}

func (p property) named() string { return strings.TrimSpace(p.Kind + " " + p.Number) }

// text is a right on one line: what a citation of ip:N points into.
func (p property) text() string { return strings.TrimSpace(p.named() + " " + p.state()) }

// rightText is the text of the right that a citation names, "" for another.
func rightText(a need.Achievement, ref string) string {
	number, isRight := strings.CutPrefix(ref, "ip:")
	i, err := strconv.Atoi(number)
	list := properties(a)
	if !isRight || err != nil || i < 0 || i >= len(list) {
		return ""
	}
	return list[i].text()
}
