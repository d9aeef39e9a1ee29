package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"tanxu/bot"
	"tanxu/document"
	"tanxu/interview"
	"tanxu/need"
	"tanxu/postgres"
)

// Limits of files in a chat, where somebody waits.
const (
	fileTimeout = 40 * time.Second
	fileNeeds   = 20 // of one file; who has more hands it to a broker
)

// read reads the files among the unread messages of a conversation; voice notes
// become messages in words.
func (w *turnWorker) read(ctx context.Context, l postgres.Lease, work postgres.Work) (map[need.MessageID]*interview.File, error) {
	files := map[need.MessageID]*interview.File{}
	consent := interview.Fold(work.Events).Consent
	heard := work.Owner == interview.OwnerBot || consent
	for i := range work.Unread {
		m := &work.Unread[i]
		if m.Document == nil || m.Kind == string(bot.KindVoice) || !heard || w.files == nil {
			continue
		}
		d, content, err := w.store.Document(ctx, need.Scope{Path: l.Centre, Actor: need.System}, *m.Document)
		var f *interview.File
		switch {
		case need.KindOf(err) == need.NotFound: // it has been thrown away meanwhile
			continue
		case err != nil:
		case spoken(d.Name):
			f, err = w.hear(ctx, l, work, m, d.Name, content)
		case pictured(d.Name):
			f, err = w.view(ctx, l, consent, d, content)
		default:
			f, err = w.readFile(ctx, l.Turn, d, content)
		}
		if err != nil {
			return nil, err
		}
		files[m.ID] = f
	}
	return files, nil
}

// readFile reads one file. What the file itself is to blame for is said to the
// contact, not an error.
func (w *turnWorker) readFile(ctx context.Context, t postgres.Turn, d postgres.Document, content []byte) (*interview.File, error) {
	timed, cancel := context.WithTimeout(ctx, fileTimeout)
	defer cancel()
	f := &interview.File{Name: d.Name}
	doc, err := w.files.Read(timed, d.Name, content)
	switch {
	case need.KindOf(err) == need.Invalid, errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil:
		f.Problem = problemOf(err)
		return f, nil
	case err != nil:
		return nil, err
	}
	var rows []postgres.ImportRow
	var seen []need.Gist
	for draft := range w.files.Needs(timed, doc, w.files.Map(doc, nil), d.ID) {
		row := rowOf(len(rows)+1, draft)
		row.Outcome = "skipped"
		if draft.Need != nil {
			row.Outcome, row.Title = "need", draft.Need.Title
			written := writtenOf(row.Cells)
			if slices.ContainsFunc(seen, func(g need.Gist) bool { return alike(g, written) }) {
				row.Outcome = "duplicate"
			}
			seen = append(seen, written)
		}
		if row.Outcome == "need" {
			f.Drafts = append(f.Drafts, interview.FileNeed{Title: draft.Need.Title, Events: draft.Events})
		}
		if rows = append(rows, row); len(f.Drafts) == fileNeeds {
			break
		}
	}
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	return f, w.store.KeepReading(ctx, t, d.ID, rows)
}

// problemOf is what a contact is told about a file, as interview knows it.
func problemOf(err error) string {
	switch need.CodeOf(err) {
	case document.CodeScanned:
		return "scanned"
	case document.CodeEncrypted:
		return "encrypted"
	case document.CodeLegacy:
		return "legacy"
	case document.CodeType:
		return "type"
	case document.CodeEmpty:
		return "empty"
	default:
		return "unread"
	}
}
