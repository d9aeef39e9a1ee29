-- Files that people upload or contacts send, what an import makes of them row by
-- row, and links by which a contact is asked for what a need still lacks.

-- +goose Up
CREATE TABLE documents (
    id              uuid PRIMARY KEY,
    centre_path     text COLLATE "C" NOT NULL REFERENCES centres,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE, -- of a file that a contact has sent
    name            text NOT NULL,
    size            bigint NOT NULL,
    sha256          bytea NOT NULL,
    content         bytea NOT NULL,
    uploaded_by     text NOT NULL,
    created_at      timestamptz NOT NULL DEFAULT now()
);
ALTER TABLE documents ALTER COLUMN content SET STORAGE EXTERNAL; -- most are zipped already
-- The same file twice is one document of its centre, or of its chat.
CREATE UNIQUE INDEX ON documents (centre_path, sha256) WHERE conversation_id IS NULL;
CREATE UNIQUE INDEX ON documents (conversation_id, sha256) WHERE conversation_id IS NOT NULL;
SELECT protect('documents');

CREATE TABLE imports (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    document_id uuid NOT NULL UNIQUE REFERENCES documents ON DELETE CASCADE,
    state       text NOT NULL DEFAULT 'reading'
                CHECK (state IN ('reading', 'ready', 'running', 'done', 'failed', 'cancelled')),
    mapping     jsonb,                            -- what columns and labels mean, with samples; null until it is read
    fingerprint text NOT NULL DEFAULT '',         -- of its headers: files of the same form are mapped alike
    done        int NOT NULL DEFAULT 0,           -- rows that are settled
    total       int NOT NULL DEFAULT 0,
    problem     text NOT NULL DEFAULT '',         -- code of what keeps the file from being read
    fence       bigint NOT NULL DEFAULT 0,        -- grows with each claim; a page must carry the newest
    lease_until timestamptz,
    tries       int NOT NULL DEFAULT 0,           -- claims since the last page
    created_at  timestamptz NOT NULL DEFAULT now(),
    updated_at  timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON imports (created_at DESC, id);
CREATE INDEX ON imports (updated_at);
CREATE INDEX ON imports (lease_until) WHERE state IN ('reading', 'running');
SELECT protect('imports');

-- Each row of a file once: what came of it, and all that is written in it.
CREATE TABLE import_rows (
    import_id    uuid NOT NULL REFERENCES imports ON DELETE CASCADE,
    ordinal      int NOT NULL,                    -- place among all rows of the file
    centre_path  text COLLATE "C" NOT NULL REFERENCES centres,
    sheet        text NOT NULL DEFAULT '',
    number       int NOT NULL DEFAULT 0,          -- of the row, as people count; 0 for a form or a text
    outcome      text NOT NULL CHECK (outcome IN ('need', 'duplicate', 'skipped', 'failed')),
    reason       text NOT NULL DEFAULT '',        -- code, where nothing came of it
    title        text NOT NULL DEFAULT '',
    need_id      uuid REFERENCES needs ON DELETE SET NULL, -- made of it, or the one that it repeats
    issues       jsonb NOT NULL DEFAULT '[]',
    cells        jsonb NOT NULL DEFAULT '[]',
    facts        jsonb NOT NULL DEFAULT '{}',     -- of organisation and contact; never leaves the centre
    PRIMARY KEY (import_id, ordinal)
);
CREATE INDEX ON import_rows (need_id);
SELECT protect('import_rows');

-- Corrections of a mapping, for the next file with the same headers.
CREATE TABLE import_mappings (
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    fingerprint text NOT NULL,
    overrides   jsonb NOT NULL,
    updated_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (centre_path, fingerprint)
);
SELECT protect('import_mappings');

ALTER TABLE needs ADD COLUMN org text NOT NULL DEFAULT ''; -- of a need that no conversation led to
CREATE INDEX ON needs (centre_path, org);
ALTER TABLE messages ADD COLUMN document_id uuid REFERENCES documents ON DELETE SET NULL;
CREATE INDEX ON messages (document_id) WHERE document_id IS NOT NULL;
ALTER TABLE invites ADD COLUMN need_id uuid REFERENCES needs ON DELETE CASCADE; -- of a follow-up
CREATE UNIQUE INDEX ON invites (need_id) WHERE need_id IS NOT NULL;

-- A follow-up brings the events of its need into a conversation: once, and
-- nothing else of an event can ever change.
GRANT UPDATE (conversation_id) ON events TO tanxu_app;
-- +goose StatementBegin
CREATE FUNCTION keep_event() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.conversation_id IS NOT NULL OR NEW.conversation_id IS NULL
       OR to_jsonb(NEW) - 'conversation_id' <> to_jsonb(OLD) - 'conversation_id' THEN
        RAISE EXCEPTION 'events are append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd
CREATE TRIGGER keep_event BEFORE UPDATE ON events FOR EACH ROW EXECUTE FUNCTION keep_event();

-- +goose Down
DROP TRIGGER keep_event ON events;
DROP FUNCTION keep_event();
REVOKE UPDATE (conversation_id) ON events FROM tanxu_app;
ALTER TABLE invites DROP COLUMN need_id;
ALTER TABLE messages DROP COLUMN document_id;
ALTER TABLE needs DROP COLUMN org;
DROP TABLE import_mappings, import_rows, imports, documents;
