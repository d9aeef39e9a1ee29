-- What a centre publishes is readable below it, and what the search needs to
-- know of all words and models.

-- +goose Up

-- shared_above is the second rule of visibility, for reading only: what belongs
-- to a centre above the reader's.
-- +goose StatementBegin
CREATE FUNCTION shared_above(path text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT starts_with(NULLIF(current_setting('app.path', true), ''), path)
$$;
-- +goose StatementEnd

ALTER TABLE achievements ADD COLUMN shared boolean NOT NULL DEFAULT true;
ALTER TABLE experts ADD COLUMN shared boolean NOT NULL DEFAULT true;
ALTER TABLE finance_products ADD COLUMN shared boolean NOT NULL DEFAULT true;
-- A vector is as readable as what it stands for; those of needs never are.
ALTER TABLE vectors ADD COLUMN shared boolean NOT NULL DEFAULT false CHECK (NOT shared OR object_kind <> 'need');
CREATE POLICY shared ON achievements FOR SELECT USING (shared AND shared_above(centre_path));
CREATE POLICY shared ON experts FOR SELECT USING (shared AND shared_above(centre_path));
CREATE POLICY shared ON finance_products FOR SELECT USING (shared AND shared_above(centre_path));
CREATE POLICY shared ON vectors FOR SELECT USING (shared AND shared_above(centre_path));
CREATE INDEX ON experts (updated_at DESC, id);
CREATE INDEX ON finance_products (updated_at DESC, id);

-- In how many achievements of a centre a lexeme stands; written with each
-- import. The empty lexeme counts the achievements, and words all their lexemes.
CREATE TABLE lexeme_stats (
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    lexeme      text COLLATE "C" NOT NULL,
    documents   int NOT NULL,
    words       bigint NOT NULL DEFAULT 0,
    PRIMARY KEY (lexeme, centre_path)
);
SELECT protect('lexeme_stats');
CREATE POLICY shared ON lexeme_stats FOR SELECT USING (shared_above(centre_path));

-- use_model returns the id of an embedding model and makes its index when it
-- is new. The service's roles own no table, so they cannot do it themselves.
-- Without parallel workers: pgvector before 0.8.2 overruns a buffer with them.
-- +goose StatementBegin
CREATE FUNCTION use_model(model_name text, model_dims int) RETURNS int
LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT SET max_parallel_maintenance_workers = 0 AS $$
DECLARE m embedding_models;
BEGIN
    IF model_dims NOT BETWEEN 1 AND 4000 THEN RAISE 'a model of % dims cannot be indexed', model_dims; END IF;
    PERFORM pg_advisory_xact_lock(7421002);
    SELECT * INTO m FROM embedding_models WHERE name = model_name;
    IF NOT FOUND THEN
        INSERT INTO embedding_models (name, dims) VALUES (model_name, model_dims) RETURNING * INTO m;
    ELSIF m.dims <> model_dims THEN
        RAISE 'model % has % dims, not %', model_name, m.dims, model_dims;
    END IF;
    IF NOT m.active THEN
        EXECUTE format('CREATE INDEX IF NOT EXISTS vectors_model_%s ON vectors USING hnsw ((embedding::halfvec(%s)) halfvec_ip_ops) WHERE model_id = %s',
                       m.id, m.dims, m.id);
        UPDATE embedding_models SET active = true WHERE id = m.id;
    END IF;
    RETURN m.id;
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION use_model(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION use_model(text, int) TO tanxu_app, tanxu_jobs;
REVOKE INSERT, UPDATE ON embedding_models FROM tanxu_app, tanxu_jobs;

-- Who decided about a match, why and when; decision holds what.
ALTER TABLE matches ADD CHECK (decision IN ('recommended', 'rejected')),
    ADD COLUMN decision_reason text NOT NULL DEFAULT '',
    ADD COLUMN decision_note text NOT NULL DEFAULT '',
    ADD COLUMN decided_by text NOT NULL DEFAULT '',
    ADD COLUMN decided_at timestamptz;

-- +goose Down
ALTER TABLE matches DROP COLUMN decision_reason, DROP COLUMN decision_note, DROP COLUMN decided_by, DROP COLUMN decided_at;
DROP FUNCTION use_model(text, int);
DROP TABLE lexeme_stats;
DROP POLICY shared ON vectors;
DROP POLICY shared ON finance_products;
DROP POLICY shared ON experts;
DROP POLICY shared ON achievements;
ALTER TABLE vectors DROP COLUMN shared;
ALTER TABLE finance_products DROP COLUMN shared;
ALTER TABLE experts DROP COLUMN shared;
ALTER TABLE achievements DROP COLUMN shared;
DROP FUNCTION shared_above(text);
