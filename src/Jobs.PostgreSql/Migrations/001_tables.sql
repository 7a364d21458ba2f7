-- The tables. @schema@ stands for the schema's name, quoted.
--
-- A job's row does not change, but by an edit. What changes is where the job is, and that is kept as ranges of slots: a job is in exactly one of
-- ready, scheduled, lease, receipt and ended. Every move is one transaction that deletes the range in one place and inserts it
-- in another.

CREATE SEQUENCE @schema@.pack_seq;
CREATE SEQUENCE @schema@.token_seq;

-- One row: the 62 bits by which this installation knows the ids that it issued.
CREATE TABLE @schema@.installation (
    only_row  boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    signature bigint NOT NULL
);

INSERT INTO @schema@.installation (signature)
SELECT ('x' || substr(replace(gen_random_uuid()::text, '-', ''), 17))::bit(64)::bigint & 4611686018427387903;

-- A pack is what one flush stored; slots count inside it, at most 4096. Both are in the issued id.
CREATE TABLE @schema@.job (
    pack            bigint NOT NULL,
    slot            integer NOT NULL,
    name            text COLLATE "C" NOT NULL,
    queue           text COLLATE "C" NOT NULL,
    priority        integer NOT NULL,
    created_at      timestamptz NOT NULL,
    run_at          timestamptz,                -- null: created_at
    keep_failed     bigint,                     -- milliseconds; null: 14 days
    policy          text,                       -- what differs from the defaults; null: nothing
    payload         bytea NOT NULL,
    id              uuid,                       -- the caller's; null: issued, made of pack and slot
    idempotency_key text,
    submitter       text,
    tags            text[],
    metadata        json,
    trace_parent    text,
    schedule_id     text,                       -- whose tick it is
    PRIMARY KEY (pack, slot)
);

CREATE INDEX job_schedule ON @schema@.job (schedule_id, pack, slot) WHERE schedule_id IS NOT NULL;

-- Ids and idempotency keys of callers: unique while the job's record lives, wherever the job is. Scope '' holds ids, the scope
-- of an idempotency key is the job's name.
CREATE TABLE @schema@.job_key (
    scope text COLLATE "C" NOT NULL,
    key   text COLLATE "C" NOT NULL,
    pack  bigint NOT NULL,
    slot  integer NOT NULL,
    PRIMARY KEY (scope, key)
);

-- Claimable ranges. rank is ~priority, which reverses the order without overflow. hi is in the key and lo is not, so that
-- taking the front of a range is a HOT update.
CREATE TABLE @schema@.ready (
    name      text COLLATE "C" NOT NULL,
    queue     text COLLATE "C" NOT NULL,
    rank      integer NOT NULL,
    due_at    timestamptz NOT NULL,             -- a job's age is how long it has been due
    pack      bigint NOT NULL,
    hi        integer NOT NULL,
    lo        integer NOT NULL,
    attempt   integer NOT NULL,                 -- counted runs so far
    takeovers integer NOT NULL,
    keep      bigint,                           -- milliseconds that a completed record is kept; null: 1 day
    PRIMARY KEY (name, queue, rank, due_at, pack, hi)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE INDEX ready_place ON @schema@.ready (pack, hi);

CREATE TABLE @schema@.scheduled (
    due_at    timestamptz NOT NULL,
    pack      bigint NOT NULL,
    hi        integer NOT NULL,
    lo        integer NOT NULL,
    name      text COLLATE "C" NOT NULL,
    queue     text COLLATE "C" NOT NULL,
    rank      integer NOT NULL,
    attempt   integer NOT NULL,
    takeovers integer NOT NULL,
    keep      bigint,
    PRIMARY KEY (due_at, pack, hi)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE INDEX scheduled_place ON @schema@.scheduled (pack, hi);

-- Ranges that a worker holds. Who deletes or splits a row holds the advisory lock of its token (lease_lock).
CREATE TABLE @schema@.lease (
    pack       bigint NOT NULL,
    hi         integer NOT NULL,
    lo         integer NOT NULL,
    token      bigint NOT NULL,
    nonce      bigint NOT NULL,
    worker     text COLLATE "C" NOT NULL,
    claimed_at timestamptz NOT NULL,
    detached   boolean NOT NULL DEFAULT false,  -- one job, about to be completed in a transaction of its handler
    name       text COLLATE "C" NOT NULL,
    queue      text COLLATE "C" NOT NULL,
    rank       integer NOT NULL,
    due_at     timestamptz NOT NULL,
    attempt    integer NOT NULL,
    takeovers  integer NOT NULL,
    keep       bigint,
    PRIMARY KEY (pack, hi)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE INDEX lease_worker ON @schema@.lease (worker, token);

-- Completed ranges. results: null when no job has one; else per job a big-endian length (-1: none), then the results.
CREATE TABLE @schema@.receipt (
    pack       bigint NOT NULL,
    lo         integer NOT NULL,
    hi         integer NOT NULL,
    origin     integer NOT NULL,                -- lo as it was when results were written; retention may remove the front first
    attempt    integer NOT NULL,                -- the number of the run that completed
    token      bigint NOT NULL,
    nonce      bigint NOT NULL,
    worker     text COLLATE "C" NOT NULL,
    started_at timestamptz NOT NULL,
    ended_at   timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    results    bytea,
    PRIMARY KEY (pack, lo)
);

CREATE INDEX receipt_expiry ON @schema@.receipt (expires_at);

-- Jobs that failed for good or were cancelled.
CREATE TABLE @schema@.ended (
    pack         bigint NOT NULL,
    slot         integer NOT NULL,
    status       smallint NOT NULL,             -- 4 failed, 5 cancelled
    attempt      integer NOT NULL,
    reason       smallint NOT NULL,
    error        text,
    ended_at     timestamptz NOT NULL,
    cancelled_at timestamptz,                   -- when cancelling was asked for
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (pack, slot)
);

CREATE INDEX ended_expiry ON @schema@.ended (expires_at);

-- Runs that ended otherwise than completed.
CREATE TABLE @schema@.attempt (
    pack        bigint NOT NULL,
    slot        integer NOT NULL,
    token       bigint NOT NULL,
    nonce       bigint NOT NULL,
    number      integer NOT NULL,
    outcome     smallint NOT NULL,              -- 1 retry, 2 failed, 3 cancelled, 4 snoozed, 5 released, 7 taken over
    worker      text NOT NULL,
    started_at  timestamptz NOT NULL,
    ended_at    timestamptz NOT NULL,
    reason      smallint NOT NULL,
    error_type  text,
    error       text,
    stack_trace text,
    PRIMARY KEY (pack, slot, token, nonce)
);

CREATE TABLE @schema@.cancel_request (
    pack         bigint NOT NULL,
    slot         integer NOT NULL,
    requested_at timestamptz NOT NULL,
    PRIMARY KEY (pack, slot)
);

CREATE TABLE @schema@.progress (
    pack    bigint NOT NULL,
    slot    integer NOT NULL,
    token   bigint NOT NULL,
    nonce   bigint NOT NULL,
    percent double precision NOT NULL,
    message text,
    at      timestamptz NOT NULL,
    data    json,
    PRIMARY KEY (pack, slot)
);

-- Decides between a completion in a handler's transaction and any other end of the same detached job: both insert the key, one
-- wins, and an insert is subject to no snapshot.
CREATE TABLE @schema@.fence (
    pack      bigint NOT NULL,
    slot      integer NOT NULL,
    token     bigint NOT NULL,
    nonce     bigint NOT NULL,
    completed boolean NOT NULL,
    at        timestamptz NOT NULL,
    PRIMARY KEY (pack, slot, token, nonce)
);

CREATE INDEX fence_age ON @schema@.fence (at);

CREATE TABLE @schema@.worker (
    id         text COLLATE "C" PRIMARY KEY,
    host       text NOT NULL,
    version    text,
    started_at timestamptz NOT NULL,            -- began anew when it came back from the dead: older leases are not its any more
    seen_at    timestamptz NOT NULL,
    lease      bigint NOT NULL,                 -- milliseconds
    names      text[] NOT NULL,
    queues     text[] NOT NULL,
    dead_at    timestamptz,                     -- declared dead, or retired; null: alive
    retired    boolean NOT NULL DEFAULT false   -- left by itself: it may come back without having lost anything
);

-- What people did to a job, and how it had ended before they made it run again. Few jobs have a row.
CREATE TABLE @schema@.intervention (
    pack         bigint NOT NULL,
    slot         integer NOT NULL,
    changed_at   timestamptz NOT NULL,          -- the last time
    retried_at   timestamptz,                   -- when somebody last asked for another run
    attempt      integer,                       -- how many runs counted when that last brought it back from its end, of which the rest tells
    failed_at    timestamptz,
    reason       smallint,
    error        text,
    cancelled_at timestamptz,
    PRIMARY KEY (pack, slot)
);
