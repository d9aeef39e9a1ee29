package postgres

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// storedCaseEvent is the form of an event in the database; its fields are those
// of need.CaseEvent, so that a new one cannot be forgotten.
type storedCaseEvent struct {
	Kind     need.CaseEventKind `json:"kind"`
	At       time.Time          `json:"at"`
	By       need.Actor         `json:"by"`
	Of       *need.CaseSubject  `json:"of,omitempty"`
	Reason   string             `json:"reason,omitempty"`
	Note     string             `json:"note,omitempty"`
	Side     need.CaseSide      `json:"side,omitempty"`
	Consent  need.Consent       `json:"consent,omitempty"`
	On       time.Time          `json:"on,omitzero"`
	Contract string             `json:"contract,omitempty"`
	Amount   float64            `json:"amount,omitempty"`
	Days     int                `json:"days,omitempty"`
	Goes     string             `json:"goes,omitempty"`
	Step     *need.CaseStep     `json:"step,omitempty"`
	Outcome  need.CaseOutcome   `json:"outcome,omitempty"`
}

// Case is a case as lists show it, with both of its sides.
type Case struct {
	ID        need.CaseID
	Centre    need.CentrePath
	Need      need.ID
	NeedTitle string
	Org       string
	Library   need.Library
	Entry     need.EntryID
	Supply    string // title or name of the record
	Owner     string
	Stage     need.CaseStage
	Outcome   need.CaseOutcome
	Version   int
	Since     time.Time // of the stage
	Due       *time.Time
	Overdue   bool
	Step      *need.CaseStep
	Contract  string
	Created   time.Time
	Updated   time.Time
}

// supplyName is what the record of a case is called. One that the scope may not
// read any more leaves its case without a name.
const supplyName = `COALESCE(a.title, x.name, p.name, f.name, '')`

const caseColumns = `
	k.id::text, k.centre_path, k.need_id::text, n.title, COALESCE(NULLIF(c.org, ''), n.org), k.library, k.entry_id::text, ` + supplyName + `,
	COALESCE(a.owner_org, x.org, f.org, ''), k.stage, k.outcome, k.version, k.stage_since, k.due_at, k.overdue OR k.due_at < clock_timestamp(),
	k.step_text, k.step_who, k.step_due, k.contract, k.created_at, k.updated_at`

const caseTables = `
	cases k JOIN needs n ON n.id = k.need_id LEFT JOIN conversations c ON c.id = n.conversation_id` + supplyTables

const supplyTables = `
	LEFT JOIN achievements a ON k.library = 'achievements' AND a.id = k.entry_id
	LEFT JOIN experts x ON k.library = 'experts' AND x.id = k.entry_id
	LEFT JOIN providers p ON k.library = 'providers' AND p.id = k.entry_id
	LEFT JOIN finance_products f ON k.library = 'finance-products' AND f.id = k.entry_id`

func scanCase(row pgx.CollectableRow) (k Case, err error) {
	var step need.CaseStep
	var due *time.Time
	var overdue *bool
	err = row.Scan(&k.ID, &k.Centre, &k.Need, &k.NeedTitle, &k.Org, &k.Library, &k.Entry, &k.Supply, &k.Owner, &k.Stage, &k.Outcome, &k.Version,
		&k.Since, &k.Due, &overdue, &step.Text, &step.Who, &due, &k.Contract, &k.Created, &k.Updated)
	k.Overdue = overdue != nil && *overdue && k.Stage != need.CaseClosed
	if due != nil {
		step.Due, k.Step = *due, &step
	}
	return k, err
}

// CaseFilter narrows a list of cases; zero fields narrow nothing.
type CaseFilter struct {
	Stage   need.CaseStage
	Need    need.ID
	Overdue bool
	Query   string // in the titles of both sides, the organisations, and who does the next step
}

// Cases lists cases, newest change first, and returns the cursor of the next
// page.
func (s *Store) Cases(ctx context.Context, scope need.Scope, f CaseFilter, p Page) ([]Case, string, error) {
	from, err := p.start()
	if err != nil {
		return nil, "", err
	}
	if f.Need != "" {
		if err := known("need", f.Need); err != nil {
			return nil, "", err
		}
	}
	var list []Case
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT `+caseColumns+` FROM `+caseTables+`
			WHERE (@stage = '' OR k.stage = @stage)
			  AND (@need = '' OR k.need_id = NULLIF(@need, '')::uuid)
			  AND (NOT @overdue OR k.stage <> 'closed' AND (k.overdue OR k.due_at < clock_timestamp()))
			  AND (@q = '' OR n.title ILIKE @q OR `+supplyName+` ILIKE @q OR c.org ILIKE @q OR n.org ILIKE @q
			       OR COALESCE(a.owner_org, x.org, f.org) ILIKE @q
			       OR k.step_who ILIKE @q OR k.contract ILIKE @q)
			  AND (k.updated_at, k.id) < (@at, @after::uuid)
			ORDER BY k.updated_at DESC, k.id DESC LIMIT @limit`,
			pgx.NamedArgs{
				"stage": string(f.Stage), "need": string(f.Need), "overdue": f.Overdue, "q": pattern(f.Query),
				"at": from.at, "after": from.id, "limit": p.limit() + 1,
			})
		if err != nil {
			return fmt.Errorf("list cases: %w", err)
		}
		list, err = pgx.CollectRows(rows, scanCase)
		return err
	})
	if err != nil {
		return nil, "", err
	}
	list, next := cut(list, p.limit(), func(k Case) position { return position{k.Updated, string(k.ID)} })
	return list, next, nil
}

// CaseCounts returns how many cases stand in each stage, and how many are
// overdue.
func (s *Store) CaseCounts(ctx context.Context, scope need.Scope) (byStage map[string]int, overdue int, err error) {
	byStage = map[string]int{}
	for _, stage := range need.CaseStages() {
		byStage[string(stage)] = 0
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		rows, err := tx.Query(ctx, `
			SELECT stage, count(*), count(*) FILTER (WHERE stage <> 'closed' AND (overdue OR due_at < clock_timestamp())) FROM cases GROUP BY stage`)
		if err != nil {
			return fmt.Errorf("count cases: %w", err)
		}
		var stage string
		var n, late int
		_, err = pgx.ForEachRow(rows, []any{&stage, &n, &late}, func() error {
			byStage[stage] = n
			overdue += late
			return nil
		})
		return err
	})
	return byStage, overdue, err
}

// Case returns one case with its events, NotFound if the scope has none such.
func (s *Store) Case(ctx context.Context, scope need.Scope, id need.CaseID) (Case, []need.CaseEvent, error) {
	if err := known("case", id); err != nil {
		return Case{}, nil, err
	}
	var k Case
	var list []need.CaseEvent
	err := s.InScope(ctx, scope, func(tx pgx.Tx) (err error) {
		k, list, err = storedCase(ctx, tx, id)
		return err
	})
	return k, list, err
}

func storedCase(ctx context.Context, tx pgx.Tx, id need.CaseID) (Case, []need.CaseEvent, error) {
	rows, err := tx.Query(ctx, `SELECT `+caseColumns+` FROM `+caseTables+` WHERE k.id = $1`, string(id))
	if err != nil {
		return Case{}, nil, fmt.Errorf("read case %s: %w", id, err)
	}
	k, err := pgx.CollectExactlyOneRow(rows, scanCase)
	if err != nil {
		return k, nil, found(err, "case", id)
	}
	list, err := caseEvents(ctx, tx, id)
	return k, list, err
}

func caseEvents(ctx context.Context, tx pgx.Tx, id need.CaseID) ([]need.CaseEvent, error) {
	rows, err := tx.Query(ctx, `SELECT body FROM case_events WHERE case_id = $1 ORDER BY seq`, string(id))
	if err != nil {
		return nil, fmt.Errorf("read events of case %s: %w", id, err)
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (need.CaseEvent, error) {
		var body []byte
		var e storedCaseEvent
		if err := row.Scan(&body); err != nil {
			return need.CaseEvent{}, err
		}
		if err := json.Unmarshal(body, &e); err != nil {
			return need.CaseEvent{}, fmt.Errorf("decode an event of case %s: %w", id, err)
		}
		return need.CaseEvent(e), nil
	})
}
