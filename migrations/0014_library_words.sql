-- What records of libraries are found by: in which of them a character, or a pair
-- of neighbours, stands. Row level security lets no index answer a search of
-- texts, a GIN index neither, since such operators are not leakproof; equality is.

-- +goose Up

-- Records by number, at the version whose words are listed below.
CREATE TABLE library_prints (
    entry_id    uuid PRIMARY KEY,
    library     text NOT NULL,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    shared      boolean NOT NULL,
    version     int NOT NULL,
    no          int GENERATED ALWAYS AS IDENTITY UNIQUE
);
SELECT protect('library_prints');
CREATE POLICY shared ON library_prints FOR SELECT USING (shared AND shared_above(centre_path));

-- In which records a token (need.Tokens) stands. A segment is 16384 numbers. A
-- list may name a record that has lost its token, never miss one: each that is
-- found is read before it is shown.
CREATE TABLE library_tokens (
    library     text NOT NULL,
    token       bigint NOT NULL,
    segment     int NOT NULL,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    shared      boolean NOT NULL,                 -- of the records listed here
    entries     int[] NOT NULL,
    total       int GENERATED ALWAYS AS (cardinality(entries)) STORED, -- to be read without the list
    PRIMARY KEY (library, token, segment, centre_path, shared)
);
SELECT protect('library_tokens');
CREATE POLICY shared ON library_tokens FOR SELECT USING (shared AND shared_above(centre_path));

-- What is there already gets its words from the next upkeep. The owner has no
-- scope: it steps over its own rule, and no history is written.
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY '{achievements,experts,providers,finance_products,organisations}'::text[] LOOP
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', t);
        EXECUTE format('UPDATE %s SET compared_at = NULL WHERE compared_at IS NOT NULL', t);
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    END LOOP;
END $$;
-- +goose StatementEnd

-- +goose Down
DROP TABLE library_tokens, library_prints;
