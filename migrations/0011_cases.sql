-- Cases: a need and an achievement that may meet it, from the shortlist to the
-- last follow-up; and what people made of what the machine had ranked.

-- +goose Up
CREATE TABLE cases (
    id             uuid PRIMARY KEY,
    centre_path    text COLLATE "C" NOT NULL REFERENCES centres,
    need_id        uuid NOT NULL REFERENCES needs ON DELETE CASCADE,
    achievement_id uuid NOT NULL REFERENCES achievements ON DELETE CASCADE,
    stage          text NOT NULL,                 -- this and what follows: as folded from the events
    outcome        text NOT NULL DEFAULT '',
    version        int NOT NULL,
    stage_since    timestamptz NOT NULL,
    due_at         timestamptz,                   -- null for closed ones
    overdue        boolean NOT NULL DEFAULT false,
    step_text      text NOT NULL DEFAULT '',
    step_who       text NOT NULL DEFAULT '',
    step_due       date,
    contract       text NOT NULL DEFAULT '',
    created_at     timestamptz NOT NULL DEFAULT now(),
    updated_at     timestamptz NOT NULL DEFAULT now(),
    UNIQUE (need_id, achievement_id)
);
CREATE INDEX ON cases (stage, updated_at DESC, id);
CREATE INDEX ON cases (updated_at DESC, id);
CREATE INDEX ON cases (due_at) WHERE stage <> 'closed' AND NOT overdue;
SELECT protect('cases');

-- The truth of a case. Append-only, as the events of needs.
CREATE TABLE case_events (
    seq         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    centre_path text COLLATE "C" NOT NULL REFERENCES centres,
    case_id     uuid NOT NULL REFERENCES cases ON DELETE CASCADE,
    kind        text NOT NULL,
    actor       text NOT NULL,
    at          timestamptz NOT NULL,
    body        jsonb NOT NULL
);
CREATE INDEX ON case_events (case_id, seq);
SELECT protect('case_events');
REVOKE UPDATE, DELETE ON case_events FROM tanxu_app, tanxu_jobs;

-- What somebody made of an achievement that was shown for a need, and where in
-- the list it stood: people look at what stands first, whatever it is.
CREATE TABLE judgements (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    centre_path    text COLLATE "C" NOT NULL REFERENCES centres,
    need_id        uuid NOT NULL REFERENCES needs ON DELETE CASCADE,
    need_version   int NOT NULL,
    achievement_id uuid NOT NULL REFERENCES achievements ON DELETE CASCADE,
    kind           text NOT NULL,                 -- clicked, recommended, declined, agreed, refused, signed, solved
    reason         text NOT NULL DEFAULT '',
    rank           int NOT NULL,                  -- that was shown; 0 where the machine had not ranked it
    score          double precision NOT NULL,
    model          text NOT NULL,
    actor          text NOT NULL,
    at             timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON judgements (need_id, achievement_id);
SELECT protect('judgements');

-- +goose Down
DROP TABLE judgements, case_events, cases;
