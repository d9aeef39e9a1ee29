-- What needs are matched with, the vectors of both, and the matches.

-- +goose Up
CREATE TABLE achievements (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    code        text NOT NULL,                    -- the centre's own number; imports are idempotent by it
    title       text NOT NULL,
    summary     text NOT NULL,
    indicators  text NOT NULL DEFAULT '',         -- performance figures, as written
    chain       text NOT NULL DEFAULT '',
    stage       text NOT NULL DEFAULT '',         -- 初期, 中期, 成熟应用
    trl         int,
    owner_org   text NOT NULL DEFAULT '',
    region      text NOT NULL DEFAULT '',
    keywords    text[] NOT NULL DEFAULT '{}',
    detail      jsonb NOT NULL DEFAULT '{}',      -- people, intellectual property, price …: docs/library-format.md
    lexemes     tsvector NOT NULL DEFAULT '',     -- rune bigrams, Latin words, numbers; written by rag
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (centre_path, code)
);
CREATE INDEX ON achievements USING gin (lexemes);
CREATE INDEX ON achievements (updated_at DESC, id);
SELECT protect('achievements');

CREATE TABLE experts (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    code        text NOT NULL,
    name        text NOT NULL,
    title       text NOT NULL DEFAULT '',
    org         text NOT NULL DEFAULT '',
    region      text NOT NULL DEFAULT '',
    chain       text NOT NULL DEFAULT '',
    summary     text NOT NULL DEFAULT '',
    keywords    text[] NOT NULL DEFAULT '{}',
    detail      jsonb NOT NULL DEFAULT '{}',
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (centre_path, code)
);
SELECT protect('experts');

CREATE TABLE finance_products (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    code        text NOT NULL,
    name        text NOT NULL,
    org         text NOT NULL DEFAULT '',
    kind        text NOT NULL DEFAULT '',
    summary     text NOT NULL DEFAULT '',
    detail      jsonb NOT NULL DEFAULT '{}',
    updated_at  timestamptz NOT NULL DEFAULT now(),
    UNIQUE (centre_path, code)
);
SELECT protect('finance_products');

-- Models whose vectors stand in the table below. Each active one has its own
-- partial HNSW index, made by the service when the model is first used.
CREATE TABLE embedding_models (
    id         smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name       text NOT NULL UNIQUE,              -- embeddings.Model.ID
    dims       int NOT NULL,
    active     boolean NOT NULL DEFAULT false
);
GRANT SELECT, INSERT, UPDATE ON embedding_models TO tanxu_app, tanxu_jobs;

CREATE TABLE vectors (
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    object_kind text NOT NULL CHECK (object_kind IN ('achievement', 'need', 'expert')),
    object_id   uuid NOT NULL,
    field       text NOT NULL,
    model_id    smallint NOT NULL REFERENCES embedding_models,
    text_hash   bytea NOT NULL,                   -- an unchanged text is not embedded again
    embedding   halfvec NOT NULL,
    PRIMARY KEY (object_kind, object_id, field, model_id)
);
ALTER TABLE vectors ALTER COLUMN embedding SET STORAGE PLAIN;
SELECT protect('vectors');

CREATE TABLE matches (
    id             uuid PRIMARY KEY,
    centre_path    text COLLATE "C" NOT NULL REFERENCES centres,
    need_id        uuid NOT NULL REFERENCES needs ON DELETE CASCADE,
    need_version   int NOT NULL,
    achievement_id uuid NOT NULL REFERENCES achievements ON DELETE CASCADE,
    rank           int NOT NULL,
    score          double precision NOT NULL,
    reasons        jsonb NOT NULL,
    gaps           jsonb NOT NULL,
    model          text NOT NULL,                 -- embedder of the run, or "lexical"
    decision       text,
    created_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (need_id, achievement_id)
);
SELECT protect('matches');

-- +goose Down
DROP TABLE matches, vectors, embedding_models, finance_products, experts, achievements;
