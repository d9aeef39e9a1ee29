package api

import (
	"context"

	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// Finder finds experts for a need, needs for an achievement, and how it went
// with similar needs.
type Finder interface {
	FindCases(ctx context.Context, scope need.Scope, id need.ID) ([]need.FinishedCase, error)
	FindExperts(ctx context.Context, scope need.Scope, id need.ID) ([]need.ExpertMatch, string, error)
	FindNeeds(ctx context.Context, scope need.Scope, id need.AchievementID) ([]need.NeedMatch, error)
}

// foundNeeds is what the handler of what was found asks of storage.
type foundNeeds interface {
	Need(ctx context.Context, scope need.Scope, id need.ID) (postgres.Need, error)
}

// finderHandler shows who and what was found, anew each time.
type finderHandler struct {
	finder Finder
	needs  foundNeeds
	texts  *texts
}

// ListNeedExperts handles GET /needs/{id}/experts.
func (h *finderHandler) ListNeedExperts(ctx context.Context, in ListNeedExpertsRequestObject) (ListNeedExpertsResponseObject, error) {
	list, model, err := h.finder.FindExperts(ctx, scopeOf(ctx), need.ID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	lang := langOf(ctx, h.texts)
	return ListNeedExperts200JSONResponse{Model: model, Items: each(list, func(m need.ExpertMatch) ExpertMatch {
		return ExpertMatch{Rank: m.Rank, Score: m.Score, Expert: expertOf(m.Expert), Reasons: each(m.Reasons, expertReason(lang))}
	})}, nil
}

func expertReason(lang string) func(need.Reason) ExpertReason {
	return func(r need.Reason) ExpertReason {
		w := ExpertReason{
			Kind: ExpertReasonKind(r.Kind), Text: rag.SayExpert(r, lang), Field: given(r.Field),
			Need: Evidence(r.Need), Expert: Evidence(r.Achievement),
		}
		if len(r.Words) > 0 {
			w.Words = &r.Words
		}
		return w
	}
}

// ListSimilarCases handles GET /needs/{id}/similar-cases.
func (h *finderHandler) ListSimilarCases(ctx context.Context, in ListSimilarCasesRequestObject) (ListSimilarCasesResponseObject, error) {
	list, err := h.finder.FindCases(ctx, scopeOf(ctx), need.ID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	lang := langOf(ctx, h.texts)
	return ListSimilarCases200JSONResponse{Items: each(list, func(c need.FinishedCase) FinishedCase {
		return FinishedCase{
			CaseID: uuidOf(c.Case), NeedID: uuidOf(c.Need), NeedTitle: c.Title, Library: CaseLibrary(c.Library), SupplyID: uuidOf(c.Entry),
			SupplyTitle: c.Supply, Stage: CaseStage(c.Stage), Outcome: given(CaseOutcome(c.Outcome)), Reason: given(c.Reason),
			Text: rag.SayFinished(c, lang), Likeness: c.Likeness,
		}
	})}, nil
}

// ListAchievementNeeds handles GET /achievements/{id}/needs.
func (h *finderHandler) ListAchievementNeeds(ctx context.Context, in ListAchievementNeedsRequestObject) (ListAchievementNeedsResponseObject, error) {
	list, err := h.finder.FindNeeds(ctx, scopeOf(ctx), need.AchievementID(in.ID.String()))
	if err != nil {
		return nil, err
	}
	lang := langOf(ctx, h.texts)
	found := ListAchievementNeeds200JSONResponse{Items: make([]NeedMatch, 0, len(list))}
	for _, m := range list {
		n, err := h.needs.Need(ctx, scopeOf(ctx), m.Need)
		if need.KindOf(err) == need.NotFound {
			continue // erased meanwhile
		}
		if err != nil {
			return nil, err
		}
		found.Items = append(found.Items, NeedMatch{
			Rank: m.Rank, Score: m.Score, Need: needSummaryOf(n), Reasons: reasonsOf(lang, m.Reasons), Gaps: reasonsOf(lang, m.Gaps),
		})
	}
	return found, nil
}
