-- A case may bring a need together with an expert, a provider or a finance
-- product too; and what a model has written of a match is kept with it.

-- +goose Up
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
ALTER TABLE case_events NO FORCE ROW LEVEL SECURITY;
ALTER TABLE judgements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE cases DROP CONSTRAINT cases_achievement_id_fkey, DROP CONSTRAINT cases_need_id_achievement_id_key;
ALTER TABLE cases RENAME COLUMN achievement_id TO entry_id;
ALTER TABLE cases ADD COLUMN library text NOT NULL DEFAULT 'achievements'
    CHECK (library IN ('achievements', 'experts', 'providers', 'finance-products')),
    ADD UNIQUE (need_id, library, entry_id);
ALTER TABLE cases ALTER COLUMN library DROP DEFAULT;
CREATE INDEX ON cases (library, entry_id);
UPDATE case_events SET body = jsonb_set(body, '{of}',
    (body -> 'of') - 'Achievement' || jsonb_build_object('Library', 'achievements', 'Entry', body -> 'of' -> 'Achievement'))
WHERE body -> 'of' ? 'Achievement';
ALTER TABLE judgements DROP CONSTRAINT judgements_achievement_id_fkey;
ALTER TABLE judgements RENAME COLUMN achievement_id TO entry_id;
ALTER TABLE judgements ADD COLUMN library text NOT NULL DEFAULT 'achievements';
ALTER TABLE judgements ALTER COLUMN library DROP DEFAULT;
ALTER TABLE judgements FORCE ROW LEVEL SECURITY;
ALTER TABLE case_events FORCE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;

ALTER TABLE matches ADD COLUMN lines jsonb NOT NULL DEFAULT '[]', -- written by a model, each with the claims that it rests on
    ADD COLUMN unwritten boolean NOT NULL DEFAULT false;          -- a job has still to ask the model

-- +goose Down
ALTER TABLE matches DROP COLUMN lines, DROP COLUMN unwritten;
ALTER TABLE cases NO FORCE ROW LEVEL SECURITY;
ALTER TABLE case_events NO FORCE ROW LEVEL SECURITY;
ALTER TABLE judgements NO FORCE ROW LEVEL SECURITY;
DELETE FROM judgements WHERE library <> 'achievements';
DELETE FROM cases WHERE library <> 'achievements';
UPDATE case_events SET body = jsonb_set(body, '{of}',
    (body -> 'of') - '{Library,Entry}'::text[] || jsonb_build_object('Achievement', body -> 'of' -> 'Entry'))
WHERE body -> 'of' ? 'Entry';
ALTER TABLE judgements DROP COLUMN library;
ALTER TABLE judgements RENAME COLUMN entry_id TO achievement_id;
ALTER TABLE judgements ADD FOREIGN KEY (achievement_id) REFERENCES achievements ON DELETE CASCADE;
ALTER TABLE cases DROP COLUMN library;
ALTER TABLE cases RENAME COLUMN entry_id TO achievement_id;
ALTER TABLE cases ADD FOREIGN KEY (achievement_id) REFERENCES achievements ON DELETE CASCADE, ADD UNIQUE (need_id, achievement_id);
ALTER TABLE judgements FORCE ROW LEVEL SECURITY;
ALTER TABLE case_events FORCE ROW LEVEL SECURITY;
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
