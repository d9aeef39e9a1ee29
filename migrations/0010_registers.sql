-- Libraries as registers: service providers and organisations beside the three
-- that were there, the history of each record, when it was last confirmed, which
-- records say the same, and imports into them.

-- +goose Up

-- plain_text is a text as it is searched, plain_key as two of them are compared:
-- one width, one case; a key also without white space and marks.
-- +goose StatementBegin
CREATE FUNCTION plain_text(parts text[]) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT lower(normalize(array_to_string(parts, E'\n'), NFKC))
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION plain_key(given text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT translate(regexp_replace(lower(normalize(given, NFKC)), '\s', '', 'g'), '-_—–·•,.、。;:!?"“”''‘’()[]【】{}《》<>/\|~*#+&', '')
$$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION plain_keys(given text[]) RETURNS text[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(array_agg(DISTINCT plain_key(g)) FILTER (WHERE plain_key(g) <> ''), '{}') FROM unnest(given) g
$$;
-- +goose StatementEnd
-- What a detail says to others: how a person is reached is not searched.
-- +goose StatementBegin
CREATE FUNCTION plain_detail(detail jsonb) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT (detail - '{contact_name,contact_phone,contact_email,rules,checks}'::text[])::text
$$;
-- +goose StatementEnd

CREATE TABLE providers (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    code        text NOT NULL,
    name        text NOT NULL,
    kinds       text[] NOT NULL DEFAULT '{}',
    uscc        text NOT NULL DEFAULT '',
    region      text NOT NULL DEFAULT '',
    summary     text NOT NULL DEFAULT '',
    keywords    text[] NOT NULL DEFAULT '{}',
    shared      boolean NOT NULL DEFAULT true,
    detail      jsonb NOT NULL DEFAULT '{}',
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (centre_path, code)
);
SELECT protect('providers');
CREATE POLICY shared ON providers FOR SELECT USING (shared AND shared_above(centre_path));

CREATE TABLE organisations (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    code        text NOT NULL,
    name        text NOT NULL,
    uscc        text NOT NULL DEFAULT '',         -- 统一社会信用代码, with a right check character
    aliases     text[] NOT NULL DEFAULT '{}',
    kind        text NOT NULL DEFAULT '',
    region      text NOT NULL DEFAULT '',
    chain       text NOT NULL DEFAULT '',
    summary     text NOT NULL DEFAULT '',
    shared      boolean NOT NULL DEFAULT true,
    detail      jsonb NOT NULL DEFAULT '{}',
    updated_at  timestamptz NOT NULL DEFAULT now(),
    keys        text[] NOT NULL GENERATED ALWAYS AS (plain_keys(aliases || name)) STORED, -- what its needs may call it
    UNIQUE (centre_path, code)
);
CREATE UNIQUE INDEX organisations_uscc ON organisations (centre_path, uscc) WHERE uscc <> '';
SELECT protect('organisations');
CREATE POLICY shared ON organisations FOR SELECT USING (shared AND shared_above(centre_path));

-- keep_record gives a library what all of them have. search and match_key are
-- expressions over its columns.
-- +goose StatementBegin
CREATE FUNCTION keep_record(tbl regclass, search text, match_key text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s
        ADD COLUMN version      int NOT NULL DEFAULT 1,
        ADD COLUMN created_at   timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN confirmed_at timestamptz NOT NULL DEFAULT now(),
        ADD COLUMN confirmed_by text NOT NULL DEFAULT '''',
        ADD COLUMN archived_at  timestamptz,
        ADD COLUMN merged_into  uuid REFERENCES %s,
        ADD COLUMN compared_at  timestamptz, -- with others, by words
        ADD COLUMN likened_at   timestamptz, -- by vectors, which come later
        ADD COLUMN imported     jsonb NOT NULL DEFAULT ''{}'',
        ADD COLUMN search       text NOT NULL GENERATED ALWAYS AS (%s) STORED,
        ADD COLUMN match_key    text NOT NULL GENERATED ALWAYS AS (%s) STORED', tbl, tbl, search, match_key);
    EXECUTE format('CREATE INDEX ON %s (centre_path, match_key)', tbl);
    EXECUTE format('CREATE INDEX ON %s (centre_path, confirmed_at) WHERE archived_at IS NULL', tbl);
    EXECUTE format('CREATE INDEX ON %s (id) WHERE compared_at IS NULL', tbl);
    EXECUTE format('CREATE TRIGGER keep_version BEFORE UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION keep_version()', tbl);
    EXECUTE format('CREATE TRIGGER keep_history AFTER INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION keep_history()', tbl);
END $$;
-- +goose StatementEnd

-- library_row is what a record says, by field; what it does not say is left out.
-- +goose StatementBegin
CREATE FUNCTION library_row(r jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(jsonb_object_agg(key, value), '{}')
    FROM jsonb_each(r - '{id,centre_path,detail,lexemes,keys,updated_at,version,created_at,confirmed_at,confirmed_by,archived_at,merged_into,compared_at,likened_at,imported,search,match_key}'::text[]
        || COALESCE(r -> 'detail', '{}'))
    WHERE value NOT IN ('null', '""', '[]', '{}')
$$;
-- +goose StatementEnd

-- What was done to records: written by a trigger, whoever writes the record.
CREATE TABLE library_events (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    library     text NOT NULL,
    entry_id    uuid NOT NULL,
    version     int NOT NULL,
    kind        text NOT NULL CHECK (kind IN ('created', 'changed', 'confirmed', 'archived', 'restored', 'merged')),
    changes     jsonb NOT NULL DEFAULT '[]',      -- {key, from, to}
    actor       text NOT NULL,
    note        text NOT NULL DEFAULT '',
    import_id   uuid,                             -- of the file that it comes from
    at          timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX ON library_events (entry_id, seq);
SELECT protect('library_events');
REVOKE UPDATE, DELETE ON library_events FROM tanxu_app, tanxu_jobs;

-- +goose StatementBegin
CREATE FUNCTION library_change(o jsonb, n jsonb) RETURNS jsonb LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT COALESCE(jsonb_agg(jsonb_strip_nulls(jsonb_build_object('key', key, 'from', o -> key, 'to', n -> key)) ORDER BY key), '[]')
    FROM jsonb_object_keys(o || n) key WHERE o -> key IS DISTINCT FROM n -> key
$$;
-- +goose StatementEnd

-- A change of what a record says, or of how it stands, makes a new version, and
-- what it says is compared with others anew.
-- +goose StatementBegin
CREATE FUNCTION keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF library_row(to_jsonb(OLD)) <> library_row(to_jsonb(NEW)) THEN
        NEW.version := OLD.version + 1;
        NEW.compared_at := NULL;
        NEW.likened_at := NULL;
    ELSIF (OLD.archived_at, OLD.merged_into, OLD.confirmed_at) IS DISTINCT FROM (NEW.archived_at, NEW.merged_into, NEW.confirmed_at) THEN
        NEW.version := OLD.version + 1;
        IF OLD.archived_at IS DISTINCT FROM NEW.archived_at THEN
            NEW.compared_at := NULL; -- what is found by words is counted anew
        END IF;
    END IF;
    RETURN NEW;
END $$;
-- +goose StatementEnd

-- +goose StatementBegin
CREATE FUNCTION keep_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE o jsonb := '{}'; what text := 'created';
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF NEW.version = OLD.version THEN
            RETURN NULL;
        END IF;
        o := library_row(to_jsonb(OLD));
        what := CASE
            WHEN NEW.merged_into IS NOT NULL AND OLD.merged_into IS NULL THEN 'merged'
            WHEN NEW.archived_at IS NOT NULL AND OLD.archived_at IS NULL THEN 'archived'
            WHEN NEW.archived_at IS NULL AND OLD.archived_at IS NOT NULL THEN 'restored'
            WHEN o <> library_row(to_jsonb(NEW)) THEN 'changed'
            ELSE 'confirmed' END;
    END IF;
    INSERT INTO library_events (centre_path, library, entry_id, version, kind, changes, actor, note, import_id)
    VALUES (NEW.centre_path, replace(TG_TABLE_NAME, '_', '-'), NEW.id, NEW.version, what, library_change(o, library_row(to_jsonb(NEW))),
            COALESCE(NULLIF(current_setting('app.actor', true), ''), 'system'), COALESCE(current_setting('app.note', true), ''),
            NULLIF(current_setting('app.import', true), '')::uuid);
    RETURN NULL;
END $$;
-- +goose StatementEnd

SELECT keep_record('achievements', 'plain_text(ARRAY[code, title, summary, indicators, owner_org, plain_detail(detail)] || keywords)',
    'plain_key(title) || ''|'' || plain_key(owner_org)');
SELECT keep_record('experts', 'plain_text(ARRAY[code, name, title, org, summary, plain_detail(detail)] || keywords)',
    'plain_key(name) || ''|'' || plain_key(org)');
SELECT keep_record('providers', 'plain_text(ARRAY[code, name, uscc, summary, plain_detail(detail)] || kinds || keywords)', 'plain_key(name)');
SELECT keep_record('finance_products', 'plain_text(ARRAY[code, name, org, kind, summary, plain_detail(detail)])',
    'plain_key(name) || ''|'' || plain_key(org)');
SELECT keep_record('organisations', 'plain_text(ARRAY[code, name, uscc, kind, summary, plain_detail(detail)] || aliases)', 'plain_key(name)');
CREATE INDEX ON providers (updated_at DESC, id);
CREATE INDEX ON organisations (updated_at DESC, id);

-- is_stale: nobody has confirmed a record for a year, or its last day is past.
-- +goose StatementBegin
CREATE FUNCTION is_stale(confirmed_at timestamptz, detail jsonb) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT confirmed_at < now() - interval '12 months' OR detail ->> 'valid_until' < to_char(now(), 'YYYY-MM-DD')
$$;
-- +goose StatementEnd

-- What a centre is reminded of, written by a job; gone once nothing is stale.
CREATE TABLE library_reminders (
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    library     text NOT NULL,
    records     int NOT NULL,
    oldest_at   timestamptz NOT NULL,             -- last confirmed
    since       timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (centre_path, library)
);
SELECT protect('library_reminders');

-- Keys under which records that say nearly the same meet (MinHash bands).
CREATE TABLE library_bands (
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    library     text NOT NULL,
    entry_id    uuid NOT NULL,
    band        bigint NOT NULL,
    PRIMARY KEY (library, band, entry_id)
);
CREATE INDEX ON library_bands (entry_id);
SELECT protect('library_bands');

-- Two records that may be one. The pair belongs to the nearest centre that sees both.
CREATE TABLE library_pairs (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    library     text NOT NULL,
    one         uuid NOT NULL,
    other       uuid NOT NULL,
    reason      text NOT NULL CHECK (reason IN ('key', 'near', 'vector')),
    score       double precision NOT NULL,
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'kept', 'merged')),
    decided_by  text NOT NULL DEFAULT '',
    decided_at  timestamptz,
    found_at    timestamptz NOT NULL DEFAULT now(),
    UNIQUE (library, one, other)
);
CREATE INDEX ON library_pairs (library, state, score DESC, id);
SELECT protect('library_pairs');

-- Imports go into needs, or into a library. The same file may go into several.
ALTER TABLE imports ADD COLUMN library text NOT NULL DEFAULT '', -- '' for needs
    DROP CONSTRAINT imports_document_id_key, ADD UNIQUE (document_id, library);
ALTER TABLE import_rows ADD COLUMN entry_id uuid, -- of the library
    DROP CONSTRAINT import_rows_outcome_check,
    ADD CONSTRAINT import_rows_outcome_check CHECK (outcome IN ('need', 'added', 'updated', 'unchanged', 'duplicate', 'skipped', 'failed'));

-- The organisation of a need, as it is called there.
CREATE INDEX ON needs (plain_key(org));

-- +goose Down
DROP INDEX needs_plain_key_idx;
DELETE FROM imports WHERE library <> '';
ALTER TABLE import_rows DROP COLUMN entry_id, DROP CONSTRAINT import_rows_outcome_check,
    ADD CONSTRAINT import_rows_outcome_check CHECK (outcome IN ('need', 'duplicate', 'skipped', 'failed'));
ALTER TABLE imports DROP CONSTRAINT imports_document_id_library_key, DROP COLUMN library, ADD UNIQUE (document_id);
DROP TABLE library_pairs, library_bands, library_reminders;
DROP FUNCTION is_stale(timestamptz, jsonb);
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY '{achievements,experts,finance_products}'::text[] LOOP
        EXECUTE format('DROP TRIGGER keep_version ON %s', t);
        EXECUTE format('DROP TRIGGER keep_history ON %s', t);
        EXECUTE format('ALTER TABLE %s DROP COLUMN version, DROP COLUMN created_at, DROP COLUMN confirmed_at, DROP COLUMN confirmed_by,
            DROP COLUMN archived_at, DROP COLUMN merged_into, DROP COLUMN compared_at, DROP COLUMN likened_at, DROP COLUMN imported, DROP COLUMN search, DROP COLUMN match_key', t);
    END LOOP;
END $$;
-- +goose StatementEnd
DROP TABLE library_events, providers, organisations;
DROP FUNCTION keep_history();
DROP FUNCTION keep_version();
DROP FUNCTION library_change(jsonb, jsonb);
DROP FUNCTION library_row(jsonb);
DROP FUNCTION keep_record(regclass, text, text);
DROP FUNCTION plain_detail(jsonb);
DROP FUNCTION plain_keys(text[]);
DROP FUNCTION plain_key(text);
DROP FUNCTION plain_text(text[]);
