-- People whom the link of a follow-up has let into a conversation that others
-- began. Each has a token of its own, by which nothing earlier is seen.

-- +goose Up
CREATE TABLE guests (
    token_hash      bytea PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    centre_path     text COLLATE "C" NOT NULL REFERENCES centres,
    since           bigint NOT NULL,              -- seq of the last message from before
    name            text NOT NULL DEFAULT '',     -- both empty without consent
    role            text NOT NULL DEFAULT '',
    created_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON guests (conversation_id, since);
SELECT protect('guests');

-- +goose Down
DROP TABLE guests;
