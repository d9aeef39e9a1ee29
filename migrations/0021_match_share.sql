-- How much of a need's words an achievement has: what tells a match from the
-- best of a library that has none.

-- +goose Up
ALTER TABLE matches ADD COLUMN share real NOT NULL DEFAULT 0;

-- +goose Down
ALTER TABLE matches DROP COLUMN share;
