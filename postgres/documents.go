package postgres

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"tanxu/need"
)

// Document is a file that somebody has handed in, without its content.
type Document struct {
	ID           string          `db:"id"`
	Centre       need.CentrePath `db:"centre_path"`
	Conversation *string         `db:"conversation_id"` // of a file that a contact has sent
	Name         string          `db:"name"`
	Size         int64           `db:"size"`
	Words        *string         `db:"words"` // that were read off a picture
	Created      time.Time       `db:"created_at"`
}

const documentColumns = `d.id::text AS id, d.centre_path, d.conversation_id::text AS conversation_id, d.name, d.size, d.words, d.created_at`

// AddDocument keeps a file of the scope's own centre and has it read, both or
// neither, for a library or ("") for needs. A file that the centre has already is
// not kept twice: again is true if it went the same way, and the import is the
// one that was made of it.
func (s *Store) AddDocument(ctx context.Context, scope need.Scope, into need.Library, name string, content []byte) (i Import, again bool, err error) {
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		id, _, err := putDocument(ctx, tx, scope.Path, "", scope.Actor, name, content)
		if err != nil {
			return err
		}
		fresh, err := s.beginImport(ctx, tx, scope.Path, into, id)
		if err != nil {
			return err
		}
		again = !fresh
		i, err = storedImport(ctx, tx, `i.document_id = $1 AND i.library = $2`, id, string(into))
		return err
	})
	return i, again, err
}

// KeepFile keeps a file that a contact has sent, once for each conversation,
// and returns its id.
func (s *Store) KeepFile(ctx context.Context, t Turn, name string, content []byte) (id string, err error) {
	err = s.InScope(ctx, need.Scope{Path: t.Centre, Actor: need.Contact}, func(tx pgx.Tx) error {
		id, _, err = putDocument(ctx, tx, t.Centre, string(t.Conversation), need.Contact, name, content)
		return err
	})
	return id, err
}

// KeepChatFile keeps a file that came in by a chat of a channel, as KeepFile
// does; NotFound if the chat has no conversation yet.
func (s *Store) KeepChatFile(ctx context.Context, channel, bot, chat, name string, content []byte) (id string, err error) {
	err = s.InScope(ctx, s.Root(), func(tx pgx.Tx) error {
		at, err := selectChat(ctx, tx, Inbound{Channel: channel, Bot: bot, Chat: chat})
		if err != nil {
			return found(err, "conversation of chat", chat)
		}
		id, _, err = putDocument(ctx, tx, at.Centre, string(at.Conversation), need.Contact, name, content)
		return err
	})
	return id, err
}

// KeepWords keeps what was read off a picture, and returns what stands: the first
// reading, whoever made it.
func (s *Store) KeepWords(ctx context.Context, t Turn, document, words string) (string, error) {
	err := s.InScope(ctx, t.scope(), func(tx pgx.Tx) error {
		err := tx.QueryRow(ctx, `UPDATE documents SET words = COALESCE(words, $2) WHERE id = $1 RETURNING words`, document, words).Scan(&words)
		return found(err, "document", document)
	})
	if err != nil {
		return "", fmt.Errorf("keep the words of picture %s: %w", document, err)
	}
	return words, nil
}

// putDocument stores a file, or finds the one with this content.
func putDocument(ctx context.Context, tx pgx.Tx, centre need.CentrePath, conversation string, by need.Actor, name string, content []byte) (id string, fresh bool, err error) {
	sum := sha256.Sum256(content)
	if id, err = newID(); err != nil {
		return "", false, err
	}
	args := pgx.NamedArgs{
		"id": id, "centre": string(centre), "conversation": conversation, "name": name, "size": len(content),
		"sum": sum[:], "content": content, "by": string(by),
	}
	err = tx.QueryRow(ctx, `
		INSERT INTO documents (id, centre_path, conversation_id, name, size, sha256, content, uploaded_by)
		VALUES (@id, @centre, NULLIF(@conversation, '')::uuid, @name, @size, @sum, @content, @by)
		ON CONFLICT DO NOTHING RETURNING id::text`, args).Scan(&id)
	if err == nil {
		return id, true, nil
	}
	if !errors.Is(err, pgx.ErrNoRows) {
		return "", false, fmt.Errorf("keep file %s: %w", name, err)
	}
	err = tx.QueryRow(ctx, `
		SELECT id::text FROM documents
		WHERE sha256 = @sum AND centre_path = @centre AND conversation_id IS NOT DISTINCT FROM NULLIF(@conversation, '')::uuid`,
		args).Scan(&id)
	return id, false, found(err, "document", name)
}

// Document returns a file with its content, NotFound if the scope has none
// such.
func (s *Store) Document(ctx context.Context, scope need.Scope, id string) (d Document, content []byte, err error) {
	if err := known("document", id); err != nil {
		return d, nil, err
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if d, err = document(ctx, tx, id); err != nil {
			return err
		}
		return tx.QueryRow(ctx, `SELECT content FROM documents WHERE id = $1`, id).Scan(&content)
	})
	return d, content, err
}

func document(ctx context.Context, tx pgx.Tx, id string) (Document, error) {
	rows, err := tx.Query(ctx, `SELECT `+documentColumns+` FROM documents d WHERE d.id = $1`, id)
	if err != nil {
		return Document{}, fmt.Errorf("read document %s: %w", id, err)
	}
	d, err := pgx.CollectExactlyOneRow(rows, pgx.RowToStructByName[Document])
	return d, found(err, "document", id)
}

// Cell is a part of a document as it is written: what evidence points into.
type Cell struct {
	Place  string `json:"place"` // as in evidence, behind the #
	Header string `json:"header"`
	Target string `json:"target"` // what it means, "" if nobody knows
	Text   string `json:"text"`
	Read   bool   `json:"read"` // a value or a fact was read from it
}

// maxBlocks bounds the rows of a chat's file that are shown at once.
const maxBlocks = 200

// Blocks returns the parts of a document that a need was read from, or all of
// them for a file that was sent in the need's conversation.
func (s *Store) Blocks(ctx context.Context, scope need.Scope, id string, n need.ID) (d Document, cells []Cell, err error) {
	if err := known("document", id); err != nil {
		return d, nil, err
	}
	if err := known("need", n); err != nil {
		return d, nil, err
	}
	err = s.InScope(ctx, scope, func(tx pgx.Tx) error {
		if d, err = document(ctx, tx, id); err != nil {
			return err
		}
		if _, err := storedNeed(ctx, tx, n); err != nil {
			return err
		}
		rows, err := tx.Query(ctx, `
			SELECT r.cells FROM import_rows r JOIN imports i ON i.id = r.import_id JOIN documents d ON d.id = i.document_id
			WHERE i.document_id = @document AND (r.need_id = @need AND (r.outcome IN ('need', 'updated', 'unchanged') OR r.`+filled+`) OR d.conversation_id = (
				SELECT n.conversation_id FROM needs n WHERE n.id = @need))
			ORDER BY r.ordinal LIMIT @limit`,
			pgx.NamedArgs{"document": id, "need": string(n), "limit": maxBlocks})
		if err != nil {
			return fmt.Errorf("read the blocks of document %s: %w", id, err)
		}
		var raw []byte
		_, err = pgx.ForEachRow(rows, []any{&raw}, func() error {
			var list []Cell
			if err := json.Unmarshal(raw, &list); err != nil {
				return fmt.Errorf("decode the cells of document %s: %w", id, err)
			}
			cells = append(cells, list...)
			return nil
		})
		return err
	})
	return d, cells, err
}
