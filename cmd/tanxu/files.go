package main

import (
	"context"
	"iter"
	"time"

	"github.com/google/uuid"

	"tanxu/bot/webchat"
	"tanxu/document"
	"tanxu/extract"
	"tanxu/need"
	"tanxu/postgres"
)

// fileReader reads files in processes of their own: what the jobs ask for.
type fileReader struct {
	reader *document.Child
	rules  *extract.Rules
	zone   *time.Location
}

// Read reads a file where it can break nothing.
func (r fileReader) Read(ctx context.Context, name string, content []byte) (*document.Document, error) {
	return r.reader.Read(ctx, name, content)
}

// Map says what the parts of a document mean, with these corrections.
func (fileReader) Map(doc *document.Document, o document.Overrides) document.Mapping {
	return document.Guess(doc).With(o)
}

// Needs drafts the needs of a document.
func (r fileReader) Needs(ctx context.Context, doc *document.Document, m document.Mapping, id string) iter.Seq[document.Draft] {
	return document.Needs(ctx, doc, m, r.rules, document.Source{
		ID: id, Now: time.Now().In(r.zone), NewID: func() need.ID { return need.ID(uuid.Must(uuid.NewV7()).String()) },
	})
}

// KeepFile keeps what a contact has sent in the web chat.
func (c chats) KeepFile(ctx context.Context, s webchat.Session, name string, content []byte) (string, error) {
	return c.store.KeepFile(ctx, postgres.Turn{Centre: s.Centre, Conversation: s.ID}, name, content)
}
