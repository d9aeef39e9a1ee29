-- The library of needs: by what each is found and compared, and which are held
-- to be the same.

-- +goose Up
ALTER TABLE needs ADD COLUMN need_type text NOT NULL DEFAULT '';
CREATE INDEX ON needs (created_at DESC, id);
CREATE INDEX ON needs (status, updated_at DESC, id);
CREATE INDEX ON needs (chain, updated_at DESC, id);
CREATE INDEX ON needs (region, updated_at DESC, id);
-- The owner has no scope: for what is there already it steps over its own rule.
ALTER TABLE needs NO FORCE ROW LEVEL SECURITY;
UPDATE needs SET need_type = COALESCE(record #>> '{fields,need_type,value}', '') WHERE record #>> '{fields,need_type,value}' IS NOT NULL;
ALTER TABLE needs FORCE ROW LEVEL SECURITY;

-- What a need is compared and searched by, made after each change.
CREATE TABLE need_prints (
    need_id     uuid PRIMARY KEY REFERENCES needs ON DELETE CASCADE,
    version     int NOT NULL,                     -- of the need that was read
    no          int GENERATED ALWAYS AS IDENTITY UNIQUE,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    org         text NOT NULL,                    -- as organisations are compared
    said        text NOT NULL,                    -- all that the need says, in plain characters
    core        text NOT NULL,                    -- what it is about
    figures     text[] NOT NULL DEFAULT '{}'      -- its quantities in base units
);
CREATE INDEX ON need_prints (org);
SELECT protect('need_prints');

-- In which needs a pair of characters stands, by their numbers. Row level
-- security lets no index answer a search of texts, but equality is leakproof.
-- A segment is 16384 numbers, so that a change rewrites little and a search
-- reads few lists.
CREATE TABLE need_pairs (
    pair        bigint NOT NULL,
    segment     int NOT NULL,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    needs       int[] NOT NULL DEFAULT '{}',
    total       int GENERATED ALWAYS AS (cardinality(needs)) STORED, -- to be read without the list
    PRIMARY KEY (pair, segment, centre_path)
);
SELECT protect('need_pairs');

-- Needs that have changed since they were printed. A table of its own, since
-- there are few: no planner has to guess how many.
CREATE TABLE need_unprinted (
    need_id     uuid PRIMARY KEY REFERENCES needs ON DELETE CASCADE,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    changed_at  timestamptz NOT NULL DEFAULT clock_timestamp()
);
SELECT protect('need_unprinted');
ALTER TABLE needs NO FORCE ROW LEVEL SECURITY;
ALTER TABLE need_unprinted NO FORCE ROW LEVEL SECURITY;
INSERT INTO need_unprinted (need_id, centre_path) SELECT id, centre_path FROM needs;
ALTER TABLE need_unprinted FORCE ROW LEVEL SECURITY;
ALTER TABLE needs FORCE ROW LEVEL SECURITY;
-- +goose StatementBegin
CREATE FUNCTION unprint_need() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO need_unprinted (need_id, centre_path) VALUES (NEW.id, NEW.centre_path)
    ON CONFLICT (need_id) DO UPDATE SET changed_at = excluded.changed_at;
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER unprint_need AFTER INSERT OR UPDATE OF version ON needs FOR EACH ROW EXECUTE FUNCTION unprint_need();

-- Nothing of a need that is erased stays behind.
-- +goose StatementBegin
CREATE FUNCTION forget_pairs() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE need_pairs SET needs = array_remove(needs, OLD.no)
    WHERE centre_path = OLD.centre_path AND segment = OLD.no / 16384 AND OLD.no = ANY (needs);
    RETURN NULL;
END $$;
-- +goose StatementEnd
CREATE TRIGGER forget_pairs AFTER DELETE ON need_prints FOR EACH ROW EXECUTE FUNCTION forget_pairs();

-- Pairs of needs that are probably one. A pair belongs to the lowest centre
-- above both needs: who does not see both, does not see that there is a pair.
CREATE TABLE need_twins (
    need_id     uuid NOT NULL REFERENCES needs ON DELETE CASCADE,
    other_id    uuid NOT NULL REFERENCES needs ON DELETE CASCADE,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    kind        text NOT NULL CHECK (kind IN ('exact', 'near', 'meant')),
    likeness    real NOT NULL,
    figures     real NOT NULL,
    same_org    boolean NOT NULL,
    state       text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'merged', 'superseded', 'apart')),
    decided_by  text NOT NULL DEFAULT '',
    decided_at  timestamptz,
    found_at    timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (need_id, other_id),
    CHECK (need_id <> other_id)
);
CREATE INDEX ON need_twins (other_id);
CREATE INDEX ON need_twins (found_at DESC, need_id) WHERE state = 'open';
SELECT protect('need_twins');

-- +goose Down
DROP TRIGGER unprint_need ON needs;
DROP TABLE need_twins, need_pairs, need_prints, need_unprinted;
DROP FUNCTION forget_pairs(), unprint_need();
DROP INDEX needs_created_at_id_idx, needs_status_updated_at_id_idx, needs_chain_updated_at_id_idx, needs_region_updated_at_id_idx;
ALTER TABLE needs DROP COLUMN need_type;
