-- Webhooks: addresses of other systems, which are told what happened to needs
-- and cases of a centre and those below it, and each thing that they are told.

-- +goose Up
CREATE TABLE webhooks (
    id          uuid PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    name        text NOT NULL,
    url         text NOT NULL,
    events      text[] NOT NULL,
    secret      text NOT NULL,                       -- signs, and so cannot be kept as a hash
    created_at  timestamptz NOT NULL DEFAULT now(),
    disabled_at timestamptz,
    since       timestamptz NOT NULL DEFAULT now(),  -- when it was made or enabled: what was before is not told
    seen_at     timestamptz NOT NULL DEFAULT now()   -- when events were last looked through for it
);
SELECT protect('webhooks');
REVOKE SELECT ON webhooks FROM tanxu_auditor;        -- the secret is none of an auditor's matter
GRANT SELECT (id, centre_path, name, url, events, created_at, disabled_at, since, seen_at) ON webhooks TO tanxu_auditor;

CREATE TABLE webhook_deliveries (
    id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),  -- what receivers tell repetitions by
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    webhook_id  uuid NOT NULL REFERENCES webhooks ON DELETE CASCADE,
    key         text NOT NULL,                       -- of what is told: need-SEQ, case-SEQ or ping-ID
    event       text NOT NULL,
    payload     jsonb NOT NULL,                      -- without the id
    status      text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'sent', 'failed')),
    tries       int NOT NULL DEFAULT 0,
    next_at     timestamptz NOT NULL DEFAULT now(),  -- of a pending one; while it is sent, when it counts as lost
    code        int,                                 -- of the last answer; null where none came
    answer      text NOT NULL DEFAULT '',            -- its beginning, or why none came
    at          timestamptz NOT NULL DEFAULT now(),
    UNIQUE (webhook_id, key)
);
CREATE INDEX ON webhook_deliveries (webhook_id, at DESC, id DESC);
CREATE INDEX ON webhook_deliveries (webhook_id, next_at) WHERE status = 'pending';
CREATE INDEX ON webhook_deliveries (at) WHERE status <> 'pending';
SELECT protect('webhook_deliveries');

CREATE INDEX events_told ON events (at) WHERE kind IN ('status_changed', 'need_merged', 'need_superseded', 'merge_undone');
CREATE INDEX case_events_told ON case_events (at);

-- +goose Down
DROP INDEX case_events_told, events_told;
DROP TABLE webhook_deliveries, webhooks;
