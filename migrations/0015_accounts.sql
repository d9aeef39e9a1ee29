-- Accounts that people set up themselves: a link instead of a password that
-- somebody else knows, a second factor, and the sign-in of their own organisation.

-- +goose Up
ALTER TABLE users
    DROP CONSTRAINT users_role_check,
    ADD CONSTRAINT users_role_check CHECK (role IN ('broker', 'manager', 'admin', 'auditor')),
    ADD COLUMN subject     text UNIQUE,                      -- "issuer|subject" of single sign-on; null: none
    ADD COLUMN totp        text   NOT NULL DEFAULT '',       -- base32 secret of the second factor; '' where there is none
    ADD COLUMN totp_step   bigint NOT NULL DEFAULT 0,        -- newest time step that was used, so that no code works twice
    ADD COLUMN must_change boolean NOT NULL DEFAULT false,   -- the password was chosen by somebody else
    ADD COLUMN generation  int    NOT NULL DEFAULT 0;        -- sessions of an older one are over

-- A link by which a user chooses a password. Only its hash is kept.
CREATE TABLE user_links (
    token_hash  bytea PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    user_id     uuid NOT NULL UNIQUE REFERENCES users ON DELETE CASCADE,
    expires_at  timestamptz NOT NULL
);
SELECT protect('user_links');

-- Failed sign-ins in a row. They are counted for names that nobody has too, so
-- that being locked out tells nothing.
CREATE TABLE sign_in_failures (
    login      text PRIMARY KEY,
    failures   int NOT NULL,
    at         timestamptz NOT NULL,
    locked_until timestamptz
);
GRANT SELECT, INSERT, UPDATE, DELETE ON sign_in_failures TO tanxu_app;

-- +goose Down
DROP TABLE sign_in_failures, user_links;
ALTER TABLE users
    DROP COLUMN subject, DROP COLUMN totp, DROP COLUMN totp_step, DROP COLUMN must_change, DROP COLUMN generation;
UPDATE users SET role = 'manager' WHERE role = 'auditor';
ALTER TABLE users
    DROP CONSTRAINT users_role_check,
    ADD CONSTRAINT users_role_check CHECK (role IN ('broker', 'manager', 'admin'));
