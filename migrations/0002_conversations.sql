-- Conversations, their messages, the events that are the truth, and what is to
-- be sent.

-- +goose Up
CREATE TABLE conversations (
    id           uuid PRIMARY KEY,
    centre_path  text COLLATE "C" NOT NULL REFERENCES centres,
    channel      text NOT NULL,
    bot          text NOT NULL,
    chat         text NOT NULL,                  -- the channel's id of the chat
    lang         text NOT NULL DEFAULT 'zh' CHECK (lang IN ('zh', 'en')),
    status       text NOT NULL DEFAULT 'consent'
                 CHECK (status IN ('consent', 'interviewing', 'confirming', 'done', 'handed_over', 'paused', 'closed')),
    owner        text NOT NULL DEFAULT 'bot' CHECK (owner IN ('bot', 'broker')),
    org          text NOT NULL DEFAULT '',
    contact_name text NOT NULL DEFAULT '',
    contact_role text NOT NULL DEFAULT '',
    invite       text,
    token_hash   bytea UNIQUE,                   -- of the web chat's bearer token
    progress     jsonb NOT NULL DEFAULT '{}',    -- {"done":7,"total":13}
    fence        bigint NOT NULL DEFAULT 0,      -- grows with each claim; a commit must carry the newest
    lease_until  timestamptz,
    tries        int NOT NULL DEFAULT 0,         -- claims since the last commit: a message that kills its turns is found by it
    unread_since timestamptz,                    -- arrival of the oldest message that no turn has read; null if none
    turn         bigint NOT NULL DEFAULT 0,      -- number of committed turns
    cursor       bigint NOT NULL DEFAULT 0,      -- seq of the last inbound message that a turn has read
    version      bigint NOT NULL DEFAULT 0,      -- grows with each change of owner or status
    created_at   timestamptz NOT NULL DEFAULT now(),
    updated_at   timestamptz NOT NULL DEFAULT now(),
    UNIQUE (channel, bot, chat)
);
CREATE INDEX ON conversations (updated_at DESC, id);
CREATE INDEX ON conversations (unread_since) WHERE unread_since IS NOT NULL;
SELECT protect('conversations');

CREATE TABLE messages (
    seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, -- order of arrival
    id              uuid NOT NULL UNIQUE,
    centre_path     text COLLATE "C" NOT NULL REFERENCES centres,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    author          text NOT NULL CHECK (author IN ('contact', 'bot', 'broker', 'system')),
    kind            text NOT NULL DEFAULT 'text',
    channel         text NOT NULL,
    bot             text NOT NULL,
    external_id     text,                         -- the channel's id; null until sent, for our own
    edit_of         uuid REFERENCES messages (id) ON DELETE CASCADE, -- the version before
    text            text NOT NULL,                -- the original, untouched
    choice          text,
    asks            text[] NOT NULL DEFAULT '{}',
    probe           boolean NOT NULL DEFAULT false,
    choices         jsonb,
    card            jsonb,
    ai              boolean NOT NULL DEFAULT false,
    at              timestamptz NOT NULL DEFAULT clock_timestamp(),
    UNIQUE (channel, bot, external_id)            -- what makes Accept idempotent
);
CREATE INDEX ON messages (conversation_id, seq);
SELECT protect('messages');

CREATE TABLE needs (
    id              uuid PRIMARY KEY,
    centre_path     text COLLATE "C" NOT NULL REFERENCES centres,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    title           text NOT NULL,
    status          text NOT NULL,
    version         int NOT NULL,
    score           int NOT NULL DEFAULT 0,
    chain           text NOT NULL DEFAULT '',
    region          text NOT NULL DEFAULT '',
    record          jsonb NOT NULL,               -- tanxu.need/1, as folded from the events
    created_at      timestamptz NOT NULL DEFAULT now(),
    updated_at      timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON needs (updated_at DESC, id);
CREATE INDEX ON needs (conversation_id);
SELECT protect('needs');

-- The truth. Append-only: the service's roles can neither change nor delete
-- rows but by the erasure of a whole conversation.
CREATE TABLE events (
    seq             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    centre_path     text COLLATE "C" NOT NULL REFERENCES centres,
    conversation_id uuid REFERENCES conversations ON DELETE CASCADE,
    need_id         uuid,
    kind            text NOT NULL,
    actor           text NOT NULL,
    at              timestamptz NOT NULL,
    body            jsonb NOT NULL                -- the whole event
);
CREATE INDEX ON events (conversation_id, seq);
CREATE INDEX ON events (need_id, seq);
SELECT protect('events');
REVOKE UPDATE, DELETE ON events FROM tanxu_app, tanxu_jobs;

-- What is to be sent, once a (conversation, turn, part).
CREATE TABLE outbox (
    id              bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    centre_path     text COLLATE "C" NOT NULL REFERENCES centres,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    turn            bigint NOT NULL,
    part            int NOT NULL,
    message_id      uuid NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    owner_version   bigint NOT NULL,              -- conversations.version when it was written
    status          text NOT NULL DEFAULT 'pending'
                    CHECK (status IN ('pending', 'sending', 'sent', 'ambiguous', 'terminal', 'dropped')),
    attempts        int NOT NULL DEFAULT 0,
    next_at         timestamptz NOT NULL DEFAULT now(),
    error           text NOT NULL DEFAULT '',
    updated_at      timestamptz NOT NULL DEFAULT now(),
    UNIQUE (conversation_id, turn, part)
);
CREATE INDEX ON outbox (message_id);
CREATE INDEX ON outbox (next_at) WHERE status IN ('pending', 'sending');
SELECT protect('outbox');

-- +goose Down
DROP TABLE outbox, events, needs, messages, conversations;
