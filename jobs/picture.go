package jobs

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"tanxu/interview"
	"tanxu/need"
	"tanxu/postgres"
)

// Viewer reads the words off a picture, "" if there are none. An error of kind
// Invalid says that it cannot see.
type Viewer interface {
	View(ctx context.Context, picture []byte) (string, error)
}

// Limits of a picture: somebody waits, and it travels inside of a request.
const (
	viewTimeout = 25 * time.Second
	maxPicture  = 8 << 20
)

// pictured reports whether a file is a picture, by its name.
func pictured(name string) bool {
	return slices.Contains([]string{".png", ".jpg", ".jpeg"}, strings.ToLower(path.Ext(name)))
}

// view has the words of a picture read, once, and reads them like those of a
// text. Where that can't be, the picture is kept, with the reason. What nobody
// has agreed to yet is given to no endpoint.
func (w *turnWorker) view(ctx context.Context, l postgres.Lease, consent bool, d postgres.Document, picture []byte) (*interview.File, error) {
	f := &interview.File{Name: d.Name, Problem: "photo"}
	if d.Words == nil {
		if w.viewer == nil || !consent || len(picture) > maxPicture {
			return f, nil
		}
		timed, cancel := context.WithTimeout(ctx, viewTimeout)
		defer cancel()
		words, err := w.viewer.View(timed, picture)
		switch {
		case ctx.Err() != nil:
			return nil, ctx.Err()
		case need.KindOf(err) == need.Invalid:
			return f, nil
		case err != nil:
			w.opt.Log.WarnContext(ctx, "picture not read", "conversation", l.Conversation, "document", d.ID, "error", err)
			f.Problem = "blind"
			return f, nil
		}
		if words, err = w.store.KeepWords(ctx, l.Turn, d.ID, words); err != nil {
			return nil, err
		}
		d.Words = &words
	}
	if *d.Words == "" {
		f.Problem = "blank"
		return f, nil
	}
	// It is read as the text that it was copied to, under its own name.
	read, err := w.readFile(ctx, l.Turn, postgres.Document{ID: d.ID, Name: d.Name + ".txt"}, []byte(*d.Words))
	if read != nil {
		read.Name = d.Name
	}
	return read, err
}
