package jobs

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"runtime/debug"
	"time"

	"github.com/riverqueue/river"

	"tanxu/document"
	"tanxu/library"
	"tanxu/need"
	"tanxu/postgres"
)

// Files reads documents.
type Files interface {
	// Read reads a file where it can break nothing. What the file causes is an
	// Invalid error with a code of package document.
	Read(ctx context.Context, name string, content []byte) (*document.Document, error)
	// Map says what the parts of a document mean, with these corrections.
	Map(doc *document.Document, o document.Overrides) document.Mapping
	// Needs drafts the needs of a document; id is its own, for evidence. The
	// same document and mapping give the same drafts in the same order.
	Needs(ctx context.Context, doc *document.Document, m document.Mapping, id string) iter.Seq[document.Draft]
}

// Limits of imports.
const (
	importTimeout = 15 * time.Minute
	importPage    = 50 // rows that are settled together
)

// importWorker reads uploaded files, and makes their rows into needs page by
// page. A page is committed with the progress, so that whoever takes over from
// a process that died goes on behind it.
type importWorker struct {
	river.WorkerDefaults[ImportArgs]

	store *postgres.Store
	files Files
	opt   Options
}

// Timeout implements river.Worker: a large file takes its time.
func (*importWorker) Timeout(*river.Job[ImportArgs]) time.Duration { return importTimeout }

// Work takes an import one state further.
func (w *importWorker) Work(ctx context.Context, job *river.Job[ImportArgs]) error {
	lease, ok, err := w.store.ClaimImport(ctx, postgres.ImportJob{Centre: job.Args.Centre, Import: job.Args.Import}, w.opt.Lease)
	if err != nil || !ok {
		return err
	}
	after := context.WithoutCancel(ctx)
	if lease.Tries > w.opt.Tries {
		return settled(w.store.FailImport(after, lease, "import_broken"))
	}
	work, stop := keep(ctx, w.opt.Lease, func(ctx context.Context) error { return w.store.RenewImport(ctx, lease, w.opt.Lease) })
	err = w.step(work, lease)
	stop()
	switch {
	case err == nil, postgres.LeaseLost(err), postgres.LeaseLost(context.Cause(work)):
		return nil // or somebody has cancelled it, or works on it
	case need.KindOf(err) == need.Invalid:
		return settled(w.store.FailImport(after, lease, need.CodeOf(err)))
	default:
		return errors.Join(err, w.store.GiveImportBack(after, lease))
	}
}

// settled leaves an import to whoever has overtaken it.
func settled(err error) error {
	if postgres.LeaseLost(err) {
		return nil
	}
	return err
}

func (w *importWorker) step(ctx context.Context, l postgres.ImportLease) (err error) {
	defer func() {
		if r := recover(); r != nil {
			err = panicked(r)
			w.opt.Log.ErrorContext(ctx, "panic in an import", "import", l.Import, "error", err, "stack", string(debug.Stack()))
		}
	}()
	d, content, err := w.store.Document(ctx, need.Scope{Path: l.Centre, Actor: need.System}, l.Document)
	if err != nil {
		return err
	}
	doc, err := w.files.Read(ctx, d.Name, content)
	if err != nil {
		return err
	}
	if l.State == postgres.ImportReading {
		return w.prepare(ctx, l, doc)
	}
	return w.run(ctx, l, doc)
}

// prepare proposes a mapping, by what the centre has corrected before.
func (w *importWorker) prepare(ctx context.Context, l postgres.ImportLease, doc *document.Document) error {
	m := w.mapping(l, doc, nil)
	fingerprint := fingerprintOf(l.Library, m)
	kept, err := w.store.Overrides(ctx, l.ImportJob, fingerprint)
	if err != nil {
		return err
	}
	if len(kept) > 0 {
		o := document.Overrides{}
		for header, target := range kept {
			o[header] = document.Target(target)
		}
		m = w.mapping(l, doc, o)
	}
	p := previewOf(doc, m)
	body, err := json.Marshal(p)
	if err != nil {
		return fmt.Errorf("encode the mapping of %s: %w", l.Document, err)
	}
	return w.store.ReadyImport(ctx, l, body, fingerprint, p.total())
}

// mapping says what the parts of a document mean, with these corrections.
func (w *importWorker) mapping(l postgres.ImportLease, doc *document.Document, o document.Overrides) document.Mapping {
	if l.Library != "" {
		return document.GuessFor(doc, library.Subject(l.Library)).With(o)
	}
	return w.files.Map(doc, o)
}

// run settles the rows of a document that are not settled yet.
func (w *importWorker) run(ctx context.Context, l postgres.ImportLease, doc *document.Document) error {
	var m document.Mapping
	if err := json.Unmarshal(l.Mapping, &m); err != nil {
		return fmt.Errorf("decode the mapping of import %s: %w", l.Import, err)
	}
	if l.Library != "" {
		return w.runLibrary(ctx, l, doc, m)
	}
	known, err := newKnown(ctx, w.store, l)
	if err != nil {
		return err
	}
	rows := inPages[document.Draft, postgres.SettledRow]{
		settle: known.settle,
		commit: func(ctx context.Context, page []postgres.SettledRow) error { return w.store.CommitRows(ctx, l, page) },
		refuse: func(row *postgres.SettledRow) {
			row.Make, row.Following, row.ImportRow = nil, nil, unstored(row.ImportRow)
		},
	}
	if err := rows.run(ctx, w, l, w.files.Needs(ctx, doc, m, l.Document)); err != nil {
		return err
	}
	return w.store.FinishImport(ctx, l)
}

// inPages settles rows of an import, page by page, behind those that are settled.
type inPages[T, R any] struct {
	settle func(ctx context.Context, ordinal int, item T) (R, error)
	commit func(context.Context, []R) error
	refuse func(*R) // of a row that cannot be stored
}

func (p inPages[T, R]) run(ctx context.Context, w *importWorker, l postgres.ImportLease, items iter.Seq[T]) error {
	ordinal, page := 0, make([]R, 0, importPage)
	for item := range items {
		if ctx.Err() != nil {
			break
		}
		if ordinal++; ordinal <= l.Done {
			continue
		}
		row, err := p.settle(ctx, ordinal, item)
		if err != nil {
			return err
		}
		if page = append(page, row); len(page) < importPage {
			continue
		}
		if err := p.store(ctx, w, l, page); err != nil {
			return err
		}
		page = page[:0]
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("import %s: %w", l.Import, err)
	}
	return p.store(ctx, w, l, page)
}

// store settles a page. If one of its rows cannot be stored, the others are
// stored alone, and that one is kept with the reason.
func (p inPages[T, R]) store(ctx context.Context, w *importWorker, l postgres.ImportLease, page []R) error {
	err := p.commit(ctx, page)
	if passing(ctx, err) {
		return err
	}
	for i := range page {
		err := p.commit(ctx, page[i:i+1])
		if passing(ctx, err) {
			if err != nil {
				return err
			}
			continue
		}
		w.opt.Log.WarnContext(ctx, "row of an import cannot be stored", "import", l.Import, "error", err)
		p.refuse(&page[i])
		if err := p.commit(ctx, page[i:i+1]); err != nil {
			return err
		}
	}
	return nil
}

// unstored is a row that the database has refused.
func unstored(row postgres.ImportRow) postgres.ImportRow {
	row.Need, row.Entry, row.Outcome, row.Reason = nil, nil, "failed", "row_unstored"
	return row
}

// passing reports whether err says nothing about the rows themselves.
func passing(ctx context.Context, err error) bool {
	return err == nil || ctx.Err() != nil || postgres.LeaseLost(err) || need.KindOf(err) == need.Unavailable
}
