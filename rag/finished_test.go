package rag_test

import (
	"testing"

	"github.com/jackc/pgx/v5"

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
