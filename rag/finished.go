package rag

import (
	"context"
	"fmt"

	"tanxu/need"
)

const (
	finishedShown = 2   // finished cases of one match
	finishedRead  = 200 // of all achievements of a run
)

// addFinished says of each match how it went when the same achievement was
// brought together with another need: the broker can ask there.
func (m *Matcher) addFinished(ctx context.Context, scope need.Scope, run *need.MatchRun, id need.ID) error {
	ids := make([]need.AchievementID, len(run.Matches))
	for i, match := range run.Matches {
		ids[i] = match.Achievement.ID
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := m.matches.FinishedCases(ctx, scope, id, ids, finishedRead)
	if err != nil {
		return fmt.Errorf("look for finished cases: %w", err)
	}
	for i := range run.Matches {
		match, shown := &run.Matches[i], 0
		for _, c := range list {
			if need.AchievementID(c.Entry) != match.Achievement.ID || c.Title == "" || shown == finishedShown {
				continue
			}
			shown++
			match.Reasons = append(match.Reasons, caseReason(c))
		}
	}
	return nil
}

// caseReason tells of another need; Offered is how it stands or has ended, and
// Wanted why.
func caseReason(c need.FinishedCase) need.Reason {
	r := need.Reason{Kind: need.ReasonCase, Name: c.Title, Offered: string(c.Stage), Wanted: c.Reason, Achievement: whole("case:"+string(c.Need), c.Title)}
	if c.Stage == need.CaseClosed {
		r.Offered = string(c.Outcome)
	}
	return r
}

// sayCase writes how it went with another need and the achievement.
func sayCase(r need.Reason, lang string) string {
	of := pick(lang, "：“", ": “") + r.Name + "”"
	return pick(lang, "这项成果", "The achievement ") + sayEnding(r.Offered, r.Wanted, lang) + of
}

// SayFinished writes how a case stands or has ended, and why.
func SayFinished(c need.FinishedCase, lang string) string {
	r := caseReason(c)
	return pick(lang, "", "it ") + sayEnding(r.Offered, r.Wanted, lang)
}

func sayEnding(how, reason, lang string) string {
	why := ""
	if reason != "" {
		why = pick(lang, "（原因：", " (reason: ") + endingReason(reason, lang) + pick(lang, "）", ")")
	}
	switch how {
	case string(need.CaseDeclined):
		return pick(lang, "初筛时没有推荐给另一项需求", "was not recommended for another need") + why
	case string(need.CaseRefused):
		return pick(lang, "推荐给另一项需求后，有一方不愿对接", "was introduced to another need and one side refused") + why
	case string(need.CaseStalled):
		return pick(lang, "与另一项需求谈到中途停了", "was in talks for another need, which stopped") + why
	case string(need.CaseExpired):
		return pick(lang, "与另一项需求的对接已过期", "was in talks for another need, whose time is over") + why
	case string(need.CaseSolved), string(need.CaseProduction), string(need.CaseFollowUp):
		return pick(lang, "已用于解决另一项需求", "is in use for another need")
	default:
		return pick(lang, "已为另一项需求签约", "is under contract for another need")
	}
}

// endingReason names why a case has ended: one of need.DeclineReasons or of
// need.CaseEndReasons.
func endingReason(code, lang string) string {
	words := map[string][2]string{
		"other_field": {"领域不对", "another field"}, "other_object": {"对象不对", "another object"},
		"indicator_too_low": {"指标达不到", "a figure is missed"}, "immature": {"不够成熟", "too early"},
		"not_available": {"成果不可用", "not to be had"}, "region": {"地区不合适", "region"}, "duplicate": {"重复", "a duplicate"},
		"benefit_unclear":     {"比现有技术好在哪里没说清", "benefit over existing technology unclear"},
		"route_unclear":       {"怎样用起来、怎样卖没说清", "commercial route unclear"},
		"description_unclear": {"介绍或用途没写明白", "description unclear"}, "scientific": {"原理上行不通", "scientific objection"},
		"price": {"价格谈不拢", "price"}, "terms": {"合作条件谈不拢", "terms"}, "technology": {"技术对不上", "technology does not fit"},
		"no_answer": {"联系不上", "no answer"}, "chosen_other": {"选了别家", "another was chosen"}, "no_budget": {"没有预算", "no budget"},
		"plan_changed": {"计划有变", "plans changed"}, "solved_itself": {"自己解决了", "solved by themselves"},
	}
	w, ok := words[code]
	if !ok {
		return pick(lang, "其他", "other")
	}
	return pick(lang, w[0], w[1])
}
