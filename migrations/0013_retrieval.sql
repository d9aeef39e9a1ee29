-- In how many titles a character stands is counted beside the words, marked by
-- "^": nothing is found by a character, but titles are compared by them. And
-- one model of vectors serves at a time, while another is made ready beside it.

-- +goose Up
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION count_lexemes(centre text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM lexeme_stats WHERE centre_path = centre;
    INSERT INTO lexeme_stats (centre_path, lexeme, shared, documents, words, achievements)
    SELECT centre, l.lexeme, a.shared, count(*), 0, array_agg(a.id)
    FROM achievements a, unnest(a.lexemes) l WHERE a.centre_path = centre GROUP BY l.lexeme, a.shared
    UNION ALL
    SELECT centre, '^' || t.mark, a.shared, count(DISTINCT a.id), 0, '{}'
    FROM achievements a, string_to_table(a.title, NULL) t(mark)
    WHERE a.centre_path = centre AND length(a.lexemes) > 0 AND t.mark COLLATE "C" BETWEEN '一' AND '鿿' GROUP BY t.mark, a.shared
    UNION ALL
    SELECT centre, '', a.shared, count(*), sum(length(a.lexemes)), '{}'
    FROM achievements a WHERE a.centre_path = centre GROUP BY a.shared;
$$;
-- +goose StatementEnd

-- The owner has no scope: for what is there already it steps over its own rule.
ALTER TABLE achievements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE lexeme_stats NO FORCE ROW LEVEL SECURITY;
SELECT count_lexemes(centre_path) FROM (SELECT DISTINCT centre_path FROM achievements) c;
ALTER TABLE achievements FORCE ROW LEVEL SECURITY;
ALTER TABLE lexeme_stats FORCE ROW LEVEL SECURITY;

ALTER TABLE embedding_models ADD COLUMN serving boolean NOT NULL DEFAULT false;
CREATE UNIQUE INDEX embedding_models_serving ON embedding_models (serving) WHERE serving;
GRANT UPDATE (serving) ON embedding_models TO tanxu_app, tanxu_jobs;

-- A narrow scope is compared whole, and reads its own rows only.
CREATE INDEX vectors_centre ON vectors (centre_path, model_id);

-- +goose Down
DROP INDEX vectors_centre;
ALTER TABLE embedding_models DROP COLUMN serving;
ALTER TABLE lexeme_stats NO FORCE ROW LEVEL SECURITY;
DELETE FROM lexeme_stats WHERE starts_with(lexeme, '^');
ALTER TABLE lexeme_stats FORCE ROW LEVEL SECURITY;
-- +goose StatementBegin
CREATE OR REPLACE FUNCTION count_lexemes(centre text) RETURNS void LANGUAGE sql AS $$
    DELETE FROM lexeme_stats WHERE centre_path = centre;
    INSERT INTO lexeme_stats (centre_path, lexeme, shared, documents, words, achievements)
    SELECT centre, l.lexeme, a.shared, count(*), 0, array_agg(a.id)
    FROM achievements a, unnest(a.lexemes) l WHERE a.centre_path = centre GROUP BY l.lexeme, a.shared
    UNION ALL
    SELECT centre, '', a.shared, count(*), sum(length(a.lexemes)), '{}'
    FROM achievements a WHERE a.centre_path = centre GROUP BY a.shared;
$$;
-- +goose StatementEnd
