package jobs

import (
	"context"
	"iter"

	"tanxu/document"
	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
	"tanxu/rag"
)

// recordRow is a row of a file with the record that it states.
type recordRow struct {
	draft document.Draft
	read  library.Row
}

// runLibrary puts the records of a document that are not settled yet into their
// library.
func (w *importWorker) runLibrary(ctx context.Context, l postgres.ImportLease, doc *document.Document, m document.Mapping) error {
	rows := inPages[recordRow, postgres.EntryRow]{
		settle: func(_ context.Context, ordinal int, r recordRow) (postgres.EntryRow, error) {
			return entryRow(ordinal, r), nil
		},
		commit: func(ctx context.Context, page []postgres.EntryRow) error { return w.store.CommitEntries(ctx, l, page) },
		refuse: func(row *postgres.EntryRow) { row.Put, row.ImportRow = nil, unstored(row.ImportRow) },
	}
	if err := rows.run(ctx, w, l, recordRows(ctx, l.Library, doc, m)); err != nil {
		return err
	}
	return w.store.FinishEntries(ctx, l)
}

// recordRows reads the rows of a document. Those that are settled already are
// read too: a later one may repeat them.
func recordRows(ctx context.Context, l need.Library, doc *document.Document, m document.Mapping) iter.Seq[recordRow] {
	return func(yield func(recordRow) bool) {
		r := library.NewReader(l, rag.CheckRules)
		for d := range document.Records(ctx, doc, m, library.Subject(l)) {
			if !yield(recordRow{d, r.Read(d)}) {
				return
			}
		}
	}
}

func entryRow(ordinal int, r recordRow) postgres.EntryRow {
	r.draft.Issues = r.read.Issues
	row := postgres.EntryRow{ImportRow: rowOf(ordinal, r.draft), Put: r.read.Entry}
	row.Title, row.Reason = r.read.Title, r.read.Reason
	switch {
	case row.Put != nil: // the store says what comes of it
	case r.read.Failed:
		row.Outcome = "failed"
	case r.read.Reason == library.ReasonDuplicate:
		row.Outcome, row.Reason = "duplicate", ""
	default:
		row.Outcome = "skipped"
	}
	return row
}
