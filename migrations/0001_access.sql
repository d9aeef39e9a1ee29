-- Centres, who may see what, and the roles that the service works as.
-- Every table with a centre_path column has row level security, enabled and
-- forced, by the same policy: a row is visible to its own centre and to those
-- above it. app.path is set by postgres.InScope for one transaction; where it
-- is not set, nothing is visible.

-- +goose Up
-- +goose StatementBegin
DO $$
BEGIN
    -- Roles belong to the cluster, not to the database: another database may have made them.
    PERFORM pg_advisory_xact_lock(7421001);
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tanxu_app') THEN CREATE ROLE tanxu_app NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tanxu_jobs') THEN CREATE ROLE tanxu_jobs NOLOGIN; END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'tanxu_auditor') THEN CREATE ROLE tanxu_auditor NOLOGIN; END IF;
END $$;
-- +goose StatementEnd

CREATE EXTENSION IF NOT EXISTS vector;

-- in_scope is the one rule of visibility. NULLIF: after a transaction the
-- setting reads as an empty string, which would be a prefix of every path.
-- +goose StatementBegin
CREATE FUNCTION in_scope(path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT starts_with(path, NULLIF(current_setting('app.path', true), ''))
$$;
-- +goose StatementEnd

-- protect switches the rule on for one table.
-- +goose StatementBegin
CREATE FUNCTION protect(tbl regclass) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    EXECUTE format('ALTER TABLE %s ENABLE ROW LEVEL SECURITY', tbl);
    EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', tbl);
    EXECUTE format('CREATE POLICY scope ON %s USING (in_scope(centre_path)) WITH CHECK (in_scope(centre_path))', tbl);
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %s TO tanxu_app, tanxu_jobs', tbl);
    EXECUTE format('GRANT SELECT ON %s TO tanxu_auditor', tbl);
END $$;
-- +goose StatementEnd

CREATE TABLE centres (
    centre_path text COLLATE "C" PRIMARY KEY CHECK (centre_path ~ '^([a-z0-9-]+/)+$'),
    kind        text NOT NULL CHECK (kind IN ('province', 'city', 'institute')),
    name_zh     text NOT NULL,
    name_en     text NOT NULL
);
SELECT protect('centres');

-- Keys of the API. Only the hash of the secret is kept; the prefix finds the row.
CREATE TABLE api_keys (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    name        text NOT NULL,
    prefix      text NOT NULL UNIQUE,
    hash        bytea NOT NULL,
    scopes      text[] NOT NULL,
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz,
    revoked_at  timestamptz
);
SELECT protect('api_keys');

-- Links and codes by which a contact reaches a centre.
CREATE TABLE invites (
    token       text PRIMARY KEY CHECK (token ~ '^[A-Za-z0-9_-]{1,64}$'),
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    label       text NOT NULL DEFAULT '',
    created_at  timestamptz NOT NULL DEFAULT now(),
    expires_at  timestamptz
);
SELECT protect('invites');

-- Answers of POSTs with an Idempotency-Key, replayed for the same key and body.
CREATE TABLE idempotency_keys (
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    key         text NOT NULL,
    route       text NOT NULL,
    body_hash   bytea NOT NULL,
    status      int,               -- null while the first call runs
    body        bytea,
    created_at  timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (centre_path, key)
);
SELECT protect('idempotency_keys');

-- +goose Down
DROP TABLE idempotency_keys, invites, api_keys, centres;
DROP FUNCTION protect(regclass);
DROP FUNCTION in_scope(text);
