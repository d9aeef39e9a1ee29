package rag_test

import (
	"context"
	"errors"
	"slices"
	"testing"

	"github.com/jackc/pgx/v5"

	"tanxu/embeddings"
	"tanxu/embeddings/embeddingstest"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// TestFinishedCasesStandOnTheCard: of three other needs that met the achievement,
// the two that came to a contract are named.
func TestFinishedCasesStandOnTheCard(t *testing.T) {
	t.Parallel()

	s := open(t)
	fill(t, s, nil, library(t, province))
	m := matcher(s, nil)
	plain, err := m.Match(t.Context(), at(ganzhou), copperNeed())
	must(t, err)
	best := plain.Matches[0].Achievement
	must(t, s.InScope(t.Context(), s.Root(), func(tx pgx.Tx) error {
		for title, stage := range map[string]need.CaseStage{"接插件铜带软化": need.CaseContract, "端子弯折开裂": need.CaseFollowUp, "还在谈的需求": need.CaseMeeting} {
			if err := finished(t, tx, title, best.ID, stage); err != nil {
				return err
			}
		}
		return nil
	}))
	run, err := m.Match(t.Context(), at(ganzhou), copperNeed())
	must(t, err)
	said := map[string]bool{}
	for _, r := range run.Matches[0].Reasons {
		if r.Kind == need.ReasonCase {
			said[rag.Say(r, "zh")] = true
			if r.Achievement.Quote != r.Name || rag.Say(r, "en") == "" {
				t.Errorf("%+v", r)
			}
		}
	}
	if len(said) != 2 || !said["这项成果已为另一项需求签约：“接插件铜带软化”"] || !said["这项成果已用于解决另一项需求：“端子弯折开裂”"] {
		t.Errorf("said %v", said)
	}
	other, err := m.Match(t.Context(), at(nanchang), copperNeed())
	must(t, err)
	for _, r := range other.Matches[0].Reasons {
		if r.Kind == need.ReasonCase {
			t.Errorf("another city is told of %q", r.Name)
		}
	}
}

// finished stores a need of Ganzhou with a case at a stage.
func finished(t *testing.T, tx pgx.Tx, title string, a need.AchievementID, stage need.CaseStage) error {
	t.Helper()
	_, err := tx.Exec(t.Context(), `
		WITH n AS (INSERT INTO needs (id, centre_path, title, status, version, record) VALUES (gen_random_uuid(), $1, $2, 'signed', 1, '{}') RETURNING id)
		INSERT INTO cases (id, centre_path, need_id, library, entry_id, stage, version, stage_since)
		SELECT gen_random_uuid(), $1, n.id, 'achievements', $3, $4, 1, now() FROM n`, string(ganzhou), title, string(a), string(stage))
	return err
}

var _ rag.Matches = (*postgres.Store)(nil)

// How it went with similar needs: by words or by meaning, with the reason, and
// within the scope only; needs of another trade and the need itself are left out.
func TestCasesOfSimilarNeeds(t *testing.T) {
	t.Parallel()

	cases := told{
		{Need: "a", Title: "引线框架铜带软化温度偏低", Problem: "铜带过回流焊后变软，软化温度不足", Stage: need.CaseClosed, Outcome: need.CaseDeclined, Reason: "immature"},
		{Need: "b", Title: "脐橙分级线误判", Problem: "分级时把好果当坏果", Stage: need.CaseContract},
		{Need: "c", Title: "引线框架铜带回流焊后变软", Problem: "软化温度不足，一过回流焊就变软", Stage: need.CaseClosed, Outcome: need.CaseSolved},
	}
	for name, e := range map[string]*embeddingstest.Bigrams{"by words": nil, "by meaning": model("test/64")} {
		var embedder embeddings.Embedder
		if e != nil {
			embedder = e
		}
		found, err := rag.NewCaseFinder(cases, embedder, nil).Find(t.Context(), at(ganzhou), copperNeed())
		must(t, err)
		if len(found) != 2 || found[0].Need != "c" || found[1].Need != "a" || found[0].Likeness <= found[1].Likeness || found[1].Likeness < rag.LeastCaseWords {
			t.Fatalf("%s: %+v", name, found)
		}
		if zh := rag.SayFinished(found[1], "zh"); zh != "初筛时没有推荐给另一项需求（原因：不够成熟）" {
			t.Errorf("said %q", zh)
		}
	}
	if found, err := rag.NewCaseFinder(cases, down{model("test/64")}, nil).Find(t.Context(), at(ganzhou), copperNeed()); err != nil || len(found) != 2 {
		t.Errorf("without the embedder: %+v, %v", found, err)
	}
}

// told are finished cases as storage gives them.
type told []need.FinishedCase

func (l told) FinishedCases(context.Context, need.Scope, need.ID, []need.AchievementID, int) ([]need.FinishedCase, error) {
	return slices.Clone(l), nil
}

// down is an embedder that does not answer.
type down struct{ *embeddingstest.Bigrams }

func (down) Embed(context.Context, embeddings.Kind, []string) ([][]float32, error) {
	return nil, errors.New("down")
}
