-- The words of a library are counted by what has changed, and the history of
-- records that come together is written together.

-- +goose Up

-- What lexeme_stats has counted of an achievement: once it says something else,
-- exactly that is taken back. Written by count_lexemes alone.
CREATE TABLE lexeme_counted (
    entry_id    uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    version     int NOT NULL,
    shared      boolean NOT NULL,
    title       text NOT NULL,
    lexemes     tsvector NOT NULL
);
SELECT protect('lexeme_counted');

-- lexeme_parts are the rows of lexeme_stats that achievements counted make up.
-- +goose StatementBegin
CREATE FUNCTION lexeme_parts(ids uuid[])
RETURNS TABLE (centre_path text, lexeme text, shared boolean, documents int, words bigint, achievements uuid[])
LANGUAGE sql STABLE AS $$
    WITH c AS MATERIALIZED (SELECT * FROM lexeme_counted WHERE entry_id = ANY (ids))
    SELECT c.centre_path, l.lexeme, c.shared, count(*)::int, 0::bigint, array_agg(c.entry_id)
    FROM c, unnest(c.lexemes) l GROUP BY 1, 2, 3
    UNION ALL
    SELECT c.centre_path, '^' || t.mark, c.shared, count(DISTINCT c.entry_id)::int, 0, '{}'
    FROM c, string_to_table(c.title, NULL) t(mark)
    WHERE length(c.lexemes) > 0 AND t.mark COLLATE "C" BETWEEN '一' AND '鿿' GROUP BY 1, 2, 3
    UNION ALL
    SELECT c.centre_path, '', c.shared, count(*)::int, sum(length(c.lexemes))::bigint, '{}' FROM c GROUP BY 1, 2, 3
$$;
-- +goose StatementEnd

-- count_lexemes brings the counts up to at most this many achievements of a
-- centre and those below it that have changed, and returns how many it has found.
-- One transaction at a time may call it. A word that is gone keeps a row of 0.
DROP FUNCTION count_lexemes(text);
-- +goose StatementBegin
CREATE FUNCTION count_lexemes(centre text, most int) RETURNS int LANGUAGE plpgsql AS $$
DECLARE ids uuid[];
BEGIN
    ids := ARRAY(
        SELECT a.id FROM achievements a LEFT JOIN lexeme_counted c ON c.entry_id = a.id
        WHERE a.compared_at IS NULL AND starts_with(a.centre_path, centre)
          AND (c.version, c.centre_path, c.shared, c.title, c.lexemes) IS DISTINCT FROM (a.version, a.centre_path, a.shared, a.title, a.lexemes)
        LIMIT most);
    UPDATE lexeme_stats s SET documents = s.documents - p.documents, words = s.words - p.words,
        achievements = ARRAY(SELECT unnest(s.achievements) EXCEPT SELECT unnest(p.achievements))
    FROM lexeme_parts(ids) p WHERE (s.lexeme, s.centre_path, s.shared) = (p.lexeme, p.centre_path, p.shared);
    INSERT INTO lexeme_counted AS c (entry_id, centre_path, version, shared, title, lexemes)
    SELECT a.id, a.centre_path, a.version, a.shared, a.title, a.lexemes FROM achievements a WHERE a.id = ANY (ids)
    ON CONFLICT (entry_id) DO UPDATE SET centre_path = excluded.centre_path, version = excluded.version, shared = excluded.shared,
        title = excluded.title, lexemes = excluded.lexemes;
    INSERT INTO lexeme_stats AS s (centre_path, lexeme, shared, documents, words, achievements)
    SELECT p.centre_path, p.lexeme, p.shared, p.documents, p.words, p.achievements FROM lexeme_parts(ids) p
    ON CONFLICT (lexeme, centre_path, shared) DO UPDATE SET documents = s.documents + excluded.documents, words = s.words + excluded.words,
        achievements = s.achievements || excluded.achievements;
    RETURN cardinality(ids);
END $$;
-- +goose StatementEnd
REVOKE ALL ON FUNCTION count_lexemes(text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_lexemes(text, int) TO tanxu_app, tanxu_jobs;

-- Those that come in one statement get their history in one.
-- +goose StatementBegin
CREATE FUNCTION keep_beginning() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO library_events (centre_path, library, entry_id, version, kind, changes, actor, note, import_id)
    SELECT n.centre_path, replace(TG_TABLE_NAME, '_', '-'), n.id, n.version, 'created', library_change('{}', library_row(to_jsonb(n))),
           COALESCE(NULLIF(current_setting('app.actor', true), ''), 'system'), COALESCE(current_setting('app.note', true), ''),
           NULLIF(current_setting('app.import', true), '')::uuid
    FROM come n;
    RETURN NULL;
END $$;
-- +goose StatementEnd

-- Counts so far say nothing of what they are made of. The owner has no scope: it
-- steps over its own rule, and no history is written.
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY '{achievements,lexeme_stats,lexeme_counted}'::text[] LOOP
        EXECUTE format('ALTER TABLE %s NO FORCE ROW LEVEL SECURITY', t);
    END LOOP;
    DELETE FROM lexeme_stats;
    INSERT INTO lexeme_counted SELECT id, centre_path, version, shared, title, lexemes FROM achievements;
    INSERT INTO lexeme_stats (centre_path, lexeme, shared, documents, words, achievements)
    SELECT p.* FROM (SELECT centre_path, lexeme, shared, documents, words, achievements
        FROM lexeme_parts(ARRAY(SELECT entry_id FROM lexeme_counted))) p;
    FOREACH t IN ARRAY '{achievements,lexeme_stats,lexeme_counted}'::text[] LOOP
        EXECUTE format('ALTER TABLE %s FORCE ROW LEVEL SECURITY', t);
    END LOOP;
    FOREACH t IN ARRAY '{achievements,experts,providers,finance_products,organisations}'::text[] LOOP
        EXECUTE format('DROP TRIGGER keep_history ON %s', t);
        EXECUTE format('CREATE TRIGGER keep_history AFTER UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION keep_history()', t);
        EXECUTE format('CREATE TRIGGER keep_beginning AFTER INSERT ON %s REFERENCING NEW TABLE AS come FOR EACH STATEMENT EXECUTE FUNCTION keep_beginning()', t);
    END LOOP;
END $$;
-- +goose StatementEnd

-- +goose Down
-- +goose StatementBegin
DO $$
DECLARE t text;
BEGIN
    FOREACH t IN ARRAY '{achievements,experts,providers,finance_products,organisations}'::text[] LOOP
        EXECUTE format('DROP TRIGGER keep_beginning ON %s', t);
        EXECUTE format('DROP TRIGGER keep_history ON %s', t);
        EXECUTE format('CREATE TRIGGER keep_history AFTER INSERT OR UPDATE ON %s FOR EACH ROW EXECUTE FUNCTION keep_history()', t);
    END LOOP;
END $$;
-- +goose StatementEnd
DROP FUNCTION keep_beginning();
DROP FUNCTION count_lexemes(text, int);
DROP FUNCTION lexeme_parts(uuid[]);
DROP TABLE lexeme_counted;
-- +goose StatementBegin
CREATE FUNCTION count_lexemes(centre text) RETURNS void LANGUAGE sql AS $$
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
REVOKE ALL ON FUNCTION count_lexemes(text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION count_lexemes(text) TO tanxu_app, tanxu_jobs;
