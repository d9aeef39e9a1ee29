package rag

import (
	"context"
	"fmt"

	"tanxu/need"
)

// finishedShown is how many finished cases a match speaks of.
const finishedShown = 2

// addFinished says of each match where the same achievement has been taken into
// use before, by the title of that need: the broker can ask there.
func (m *Matcher) addFinished(ctx context.Context, scope need.Scope, run *need.MatchRun, id need.ID) error {
	ids := make([]need.AchievementID, len(run.Matches))
	for i, match := range run.Matches {
		ids[i] = match.Achievement.ID
	}
	if len(ids) == 0 {
		return nil
	}
	list, err := m.matches.FinishedCases(ctx, scope, id, ids)
	if err != nil {
		return fmt.Errorf("look for finished cases: %w", err)
	}
	for i := range run.Matches {
		match, shown := &run.Matches[i], 0
		for _, c := range list {
			if c.Achievement != match.Achievement.ID || c.Title == "" || shown == finishedShown {
				continue
			}
			shown++
			match.Reasons = append(match.Reasons, need.Reason{
				Kind: need.ReasonCase, Name: c.Title, Offered: string(c.Stage), Achievement: whole("case:"+string(c.Need), c.Title),
			})
		}
	}
	return nil
}

// sayCase writes how far another need has come with the achievement.
func sayCase(r need.Reason, lang string) string {
	switch need.CaseStage(r.Offered) {
	case need.CaseProduction, need.CaseFollowUp, need.CaseClosed:
		return pick(lang, "这项成果已用于解决另一项需求：“"+r.Name+"”", "The achievement is in use for another need: “"+r.Name+"”")
	default:
		return pick(lang, "这项成果已为另一项需求签约：“"+r.Name+"”", "A contract on the achievement is signed for another need: “"+r.Name+"”")
	}
}
