package api

import (
	"context"
	"slices"
	"strings"
	"time"

	"tanxu/need"
	"tanxu/rag"
)

// Matcher ranks achievements for a need, and stores the run.
type Matcher interface {
	Match(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error)
}

// matches is what the handler of matches asks of storage.
type matches interface {
	Matches(ctx context.Context, scope need.Scope, id need.ID) (need.MatchRun, error)
	DecideMatch(ctx context.Context, scope need.Scope, id need.MatchID, d need.Decision) (need.Match, error)
	Clicked(ctx context.Context, scope need.Scope, id need.MatchID) error
	NeedEvents(ctx context.Context, scope need.Scope, id need.ID) ([]need.Event, error)
}

// matchHandler shows matches, and takes what brokers make of them.
type matchHandler struct {
	matches matches
	matcher Matcher
	texts   *texts
}

// ListMatches handles GET /needs/{id}/matches.
func (h *matchHandler) ListMatches(ctx context.Context, in ListMatchesRequestObject) (ListMatchesResponseObject, error) {
	id := need.ID(in.ID.String())
	run, err := h.matches.Matches(ctx, scopeOf(ctx), id)
	if err != nil {
		return nil, err
	}
	list, err := h.list(ctx, id, run)
	return ListMatches200JSONResponse{list}, err
}

// RunMatches handles POST /needs/{id}/matches.
func (h *matchHandler) RunMatches(ctx context.Context, in RunMatchesRequestObject) (RunMatchesResponseObject, error) {
	id := need.ID(in.ID.String())
	run, err := h.matcher.Match(ctx, scopeOf(ctx), id)
	if err != nil {
		return nil, err
	}
	list, err := h.list(ctx, id, run)
	return RunMatches200JSONResponse{list}, err
}

// DecideMatch handles POST /matches/{id}/decision.
func (h *matchHandler) DecideMatch(ctx context.Context, in DecideMatchRequestObject) (DecideMatchResponseObject, error) {
	d := need.Decision{
		Recommended: in.Body.Decision == MatchDecisionInputDecisionRecommended,
		Reason:      string(value(in.Body.Reason)), Note: strings.TrimSpace(value(in.Body.Note)),
	}
	switch {
	case !d.Recommended && d.Reason == "":
		return nil, need.Errorf(need.Invalid, "reason_required", "a rejection without a reason")
	case d.Reason == "other" && d.Note == "":
		return nil, need.Errorf(need.Invalid, "note_required", "reason other without a note")
	}
	m, err := h.matches.DecideMatch(ctx, scopeOf(ctx), need.MatchID(in.ID.String()), d)
	if err != nil {
		return nil, err
	}
	return DecideMatch200JSONResponse(matchOf(langOf(ctx, h.texts), m)), nil
}

// ClickMatch handles POST /matches/{id}/click.
func (h *matchHandler) ClickMatch(ctx context.Context, in ClickMatchRequestObject) (ClickMatchResponseObject, error) {
	if err := h.matches.Clicked(ctx, scopeOf(ctx), need.MatchID(in.ID.String())); err != nil {
		return nil, err
	}
	return ClickMatch204Response{}, nil
}

func (h *matchHandler) list(ctx context.Context, id need.ID, run need.MatchRun) (MatchesJSONResponse, error) {
	events, err := h.matches.NeedEvents(ctx, scopeOf(ctx), id)
	if err != nil {
		return MatchesJSONResponse{}, err
	}
	list := MatchesJSONResponse{
		Items: make([]Match, 0, len(run.Matches)), Model: run.Model, NeedVersion: run.Version,
		Stale: run.Model != "" && run.Version != len(events), Writing: writing(run, time.Now()),
	}
	for _, m := range run.Matches {
		list.Items = append(list.Items, matchOf(langOf(ctx, h.texts), m))
	}
	return list, nil
}

// writingFor is how long a run is said to be written about: a job that has not
// come by then comes when it can.
const writingFor = 5 * time.Minute

func writing(run need.MatchRun, now time.Time) bool {
	return slices.ContainsFunc(run.Matches, func(m need.Match) bool { return m.Unwritten && now.Sub(m.Created) < writingFor })
}

func matchOf(lang string, m need.Match) Match {
	w := Match{
		ID: uuidOf(m.ID), NeedID: uuidOf(m.Need), Rank: m.Rank, Score: m.Score, Share: m.Share, Weak: rag.Weak(m), Model: m.Model, CreatedAt: m.Created,
		Achievement: summaryOf(m.Achievement), Lines: each(rag.CardLines(&m, lang), lineOf), Reasons: reasonsOf(lang, m.Reasons), Gaps: reasonsOf(lang, m.Gaps),
	}
	if d := m.Decision; d != nil {
		w.Decision = &MatchDecision{
			Decision: MatchDecisionDecisionRejected, Reason: given(d.Reason), Note: given(d.Note), By: string(d.By), At: d.At,
		}
		if d.Recommended {
			w.Decision.Decision = MatchDecisionDecisionRecommended
		}
	}
	return w
}

func lineOf(l rag.CardLine) MatchLine {
	return MatchLine{Part: MatchLinePart(l.Part), Text: l.Text, Claims: append([]string{}, l.Claims...), ByModel: l.ByModel}
}

func reasonsOf(lang string, list []need.Reason) []MatchReason {
	out := make([]MatchReason, 0, len(list))
	for _, r := range list {
		w := MatchReason{
			Kind: MatchReasonKind(r.Kind), Text: rag.Say(r, lang), Field: given(r.Field),
			Ask: given(rag.Ask(r, lang)), Name: given(r.Name), Wanted: given(r.Wanted), Offered: given(r.Offered),
			Need: quoted(r.Need), Achievement: quoted(r.Achievement),
		}
		if len(r.Words) > 0 {
			w.Words = &r.Words
		}
		out = append(out, w)
	}
	return out
}

// quoted is what was said, nil for a statement that rests on no words.
func quoted(e need.Evidence) *Evidence {
	if e.Quote == "" {
		return nil
	}
	return new(Evidence(e))
}
