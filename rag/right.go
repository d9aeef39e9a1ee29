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
			Kind: need.GapRight, Field: string(need.KeyIPTerms), Name: p.named(), Wanted: wish, Offered: p.Status,
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
	for _, word := range []string{"未授权", "质押", "失效", "无效", "终止", "审", "申请", "公开", "驳回", "冻结"} {
		if strings.Contains(p.Status, word) && !strings.Contains(p.Status, "未质押") {
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

func (p property) named() string { return strings.TrimSpace(p.Kind + " " + p.Number) }

// text is a right on one line: what a citation of ip:N points into.
func (p property) text() string { return strings.TrimSpace(p.named() + " " + p.Status) }

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
