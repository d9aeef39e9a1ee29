-- People who sign in to the console, and their sessions.

-- +goose Up
CREATE TABLE users (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    login       text NOT NULL UNIQUE CHECK (login ~ '^[a-z0-9][a-z0-9._@-]{0,99}$'),
    name        text NOT NULL,
    role        text NOT NULL CHECK (role IN ('broker', 'manager', 'admin')),
    password    text NOT NULL,                    -- argon2id, with its parameters and salt
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz
);
SELECT protect('users');

-- A session is found before anybody knows whose it is, so that it belongs to
-- no centre. The token is kept as its hash only.
CREATE TABLE sessions (
    token_hash text PRIMARY KEY,
    data       bytea NOT NULL,
    expires_at timestamptz NOT NULL
);
CREATE INDEX ON sessions (expires_at);
GRANT SELECT, INSERT, UPDATE, DELETE ON sessions TO tanxu_app;

-- +goose Down
DROP TABLE sessions, users;
