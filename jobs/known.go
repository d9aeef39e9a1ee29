package jobs

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"tanxu/document"
	"tanxu/need"
	"tanxu/need/record"
	"tanxu/postgres"
)

// known are the needs of a centre, those of this import among them, by whose
// they are: what a row may repeat.
type known struct {
	store    *postgres.Store
	job      postgres.ImportJob
	document string
	ids      map[string][]need.ID // by organisation, not read yet
	read     map[string][]kin
	made     map[string]need.ID // by this import, when it ran before: by the place of the row
}

// kin is a need to compare with: as it stands, and as its row was written.
type kin struct {
	id      need.ID
	says    need.Gist
	written need.Gist
}

func newKnown(ctx context.Context, store *postgres.Store, l postgres.ImportLease) (*known, error) {
	j := l.ImportJob
	list, err := store.NeedOrgs(ctx, j)
	if err != nil {
		return nil, err
	}
	former, err := store.FormerRows(ctx, j)
	if err != nil {
		return nil, err
	}
	k := &known{store: store, job: j, document: l.Document, ids: map[string][]need.ID{}, read: map[string][]kin{}, made: map[string]need.ID{}}
	for _, r := range former {
		k.made[placeOfRow(r.Sheet, r.Number, r.Cells)] = r.Need
	}
	for _, n := range list {
		org := orgKey(n.Org)
		k.ids[org] = append(k.ids[org], n.ID)
	}
	return k, nil
}

// settle decides what comes of a draft.
func (k *known) settle(ctx context.Context, ordinal int, d document.Draft) (postgres.SettledRow, error) {
	row := postgres.SettledRow{ImportRow: rowOf(ordinal, d)}
	if d.Need == nil {
		row.Outcome, row.Reason = "skipped", string(d.Skipped)
		if d.Skipped == document.SkipUntold {
			row.Outcome = "failed" // somebody meant it as a need
		}
		return row, nil
	}
	org := strings.TrimSpace(d.Facts[document.OrgName].Text)
	self := kin{d.Need.ID, gistOf(statement(record.Of(d.Need))), writtenOf(row.Cells)}
	twin, own := k.made[placeOfRow(row.Sheet, row.Number, row.Cells)]
	if own {
		delete(k.made, placeOfRow(row.Sheet, row.Number, row.Cells))
		self.id = twin
		k.read[orgKey(org)] = append(k.read[orgKey(org)], self)
	} else {
		var err error
		if twin, err = k.twin(ctx, orgKey(org), self); err != nil {
			return row, err
		}
	}
	row.Title = d.Need.Title
	if twin != "" {
		row.Outcome, row.Need = "duplicate", (*string)(&twin)
		row.Following = following(twin, org, own, d.Need, k.document)
		return row, nil
	}
	k.read[orgKey(org)] = append(k.read[orgKey(org)], self)
	id := string(d.Need.ID)
	row.Outcome, row.Need = "need", &id
	row.Make = &postgres.NewNeed{ID: d.Need.ID, Org: org, Events: d.Events}
	return row, nil
}

// placeOfRow tells a row of a file from all others, in whatever order they come.
func placeOfRow(sheet string, number int, cells []postgres.Cell) string {
	if number == 0 && len(cells) > 0 {
		return cells[0].Place // of a form or a text
	}
	return fmt.Sprintf("%s/%d", sheet, number)
}

// following has a need take what a row of a document says and it lacks; one that
// was made of the row follows it.
func following(id need.ID, org string, own bool, draft *need.Need, file string) *postgres.Following {
	r := need.Reread{Draft: draft, Ref: document.Ref(file, ""), Own: own}
	return &postgres.Following{Need: id, Org: org, Own: own, Follow: func(n *need.Need, past []need.Event) []need.Event {
		return n.Follow(r, past, need.Deed{By: need.System, At: time.Now()})
	}}
}

// twin returns the need of the same organisation that says the same, "" if
// there is none.
func (k *known) twin(ctx context.Context, org string, self kin) (need.ID, error) {
	if ids := k.ids[org]; len(ids) > 0 {
		sources, err := k.store.NeedSources(ctx, k.job, ids)
		if err != nil {
			return "", err
		}
		for _, s := range sources {
			var r record.Record
			if err := json.Unmarshal(s.Record, &r); err != nil {
				return "", fmt.Errorf("decode the record of need %s: %w", s.ID, err)
			}
			k.read[org] = append(k.read[org], kin{s.ID, gistOf(statement(r)), writtenOf(s.Cells)})
		}
		delete(k.ids, org)
	}
	for _, other := range k.read[org] {
		if alike(self.says, other.says) || alike(self.written, other.written) {
			return other.id, nil
		}
	}
	return "", nil
}

// writtenOf is the gist of a row as it is written, without its number and
// without what it says of people.
func writtenOf(cells []postgres.Cell) need.Gist {
	var b strings.Builder
	for _, c := range cells {
		if t := document.Target(c.Target); t != document.Number && t != document.Ignore && !t.Contact() {
			b.WriteString(c.Text)
		}
	}
	return gistOf(b.String())
}

func rowOf(ordinal int, d document.Draft) postgres.ImportRow {
	row := postgres.ImportRow{
		Ordinal: ordinal, Sheet: d.Table, Number: d.Row,
		Issues: []postgres.RowIssue{}, Cells: []postgres.Cell{}, Facts: map[string]postgres.Cell{},
	}
	for _, i := range d.Issues {
		row.Issues = append(row.Issues, postgres.RowIssue{Code: string(i.Code), Place: i.Place, Text: i.Text})
	}
	for _, c := range d.Cells {
		row.Cells = append(row.Cells, cellOf(c))
	}
	for target, c := range d.Facts {
		row.Facts[string(target)] = cellOf(c)
	}
	return row
}

func cellOf(c document.Kept) postgres.Cell {
	return postgres.Cell{Place: c.Place, Header: c.Header, Target: string(c.Target), Text: c.Text, Read: c.Read}
}
