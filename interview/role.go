package interview

import (
	"strings"

	"tanxu/need"
)

// answeredByOthers is how likely a contact of another department answers a
// technical question.
const answeredByOthers = 0.7

// noteOffer is the remark that the contact was told how an engineer can go on;
// it stands in the events, so its words do not change.
const noteOffer = "offered to hand on"

// lay reports whether a role is one that leaves technology to others.
func lay(role string) bool {
	role = strings.ToLower(role)
	technical := containsAny(role, "工程师", "技术", "研发", "工艺", "总工", "生产", "设备", "质量", "品质", "质检", "厂长", "车间", "总经理", "董事长", "老板", "engineer", "technical", "r&d", "quality", "plant", "ceo")
	return !technical && containsAny(role, "财务", "会计", "出纳", "行政", "办公室", "综合部", "采购", "人事", "人力", "文员", "前台", "秘书", "助理", "销售", "业务", "市场", "营销", "外贸", "客服", "申报", "法务",
		"finance", "account", "admin", "purchas", "procure", "human resources", "secretary", "assistant", "sales", "marketing", "legal")
}

// offerEngineer tells a contact of another department once, at the first
// technical question that stays open, that an engineer may go on.
func (t *turn) offerEngineer(k need.Key) {
	if t.s.Offered || !lay(t.role) || !technicalField(k) {
		return
	}
	t.emit(need.Event{Kind: need.Noted, Note: noteOffer})
	t.answers = append(t.answers, t.text("offer_engineer"))
}

func technicalField(k need.Key) bool {
	switch k {
	case need.KeyIndicator, need.KeyRootCause, need.KeyTried, need.KeyConstraints, need.KeyFoundation, need.KeyKeyTech:
		return true
	default:
		return false
	}
}
