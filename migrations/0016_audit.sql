-- Who did what over the API, for auditors. Rows are added and never changed.

-- +goose Up
CREATE TABLE audit (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    at          timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor       text NOT NULL,   -- "user ID", "api_key ID", or "login NAME" of somebody who was not let in
    name        text NOT NULL,   -- as the actor was called then
    operation   text NOT NULL,   -- of the API document
    object      text NOT NULL,   -- the path without its prefix
    status      int  NOT NULL,   -- of the answer
    address     text NOT NULL
);
SELECT protect('audit');
REVOKE UPDATE, DELETE ON audit FROM tanxu_app, tanxu_jobs;
CREATE INDEX ON audit (at DESC, id DESC);

-- The owner of the table is bound too, so that only a migration can change what stands there.
-- +goose StatementBegin
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME;
END $$;
-- +goose StatementEnd
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- +goose Down
DROP TABLE audit;
DROP FUNCTION refuse_change();
