-- The library of needs: by what each is found and compared, and which are held
-- to be the same.

-- +goose Up
ALTER TABLE needs
    ADD COLUMN need_type text NOT NULL DEFAULT '',
    ADD COLUMN printed int NOT NULL DEFAULT 0;    -- version that need_prints was made of
CREATE INDEX ON needs (updated_at) WHERE printed <> version;
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
    PRIMARY KEY (pair, segment, centre_path)
);
SELECT protect('need_pairs');

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
DROP TABLE need_twins, need_pairs, need_prints;
DROP FUNCTION forget_pairs();
DROP INDEX needs_updated_at_idx, needs_created_at_id_idx, needs_status_updated_at_id_idx, needs_chain_updated_at_id_idx, needs_region_updated_at_id_idx;
ALTER TABLE needs DROP COLUMN need_type, DROP COLUMN printed;
