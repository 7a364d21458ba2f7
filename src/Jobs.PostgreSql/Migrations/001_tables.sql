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
    concurrency_key text COLLATE "C",
    key_concurrency integer,                    -- how many with the key may be held when this one is claimed; null: 1
    ordering_key    text COLLATE "C",
    fairness_key    text COLLATE "C",
    lifo            boolean,                    -- null: no
    PRIMARY KEY (pack, slot)
);

CREATE INDEX job_submitter ON @schema@.job (submitter, pack, slot) WHERE submitter IS NOT NULL;
CREATE INDEX job_tags ON @schema@.job USING gin (tags) WHERE tags IS NOT NULL;
CREATE INDEX job_schedule ON @schema@.job (schedule_id, pack, slot) WHERE schedule_id IS NOT NULL;

-- Ids and idempotency keys of callers: unique while the job's record lives, wherever the job is. Scope '' holds ids, the scope
-- of an idempotency key is the job's name. The key leads the index: scopes are few, and comparing them first decides nothing.
CREATE TABLE @schema@.job_key (
    scope text COLLATE "C" NOT NULL,
    key   text COLLATE "C" NOT NULL,
    pack  bigint NOT NULL,
    slot  integer NOT NULL,
    until timestamptz,                          -- when an idempotency key is free for another job; null: with the record
    PRIMARY KEY (key, scope)
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
    gate      text COLLATE "C",                  -- the concurrency key; '' for other gated jobs; null: plain
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
    gate       text COLLATE "C",                 -- as in scheduled
    PRIMARY KEY (pack, hi)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

-- For a worker's leases. Where it and the primary key are many pages, for dead entries, and the table was analyzed when it was all but
-- empty, walking over all of this index for a token seems cheaper to the planner than looking up one place. So who has a place
-- compares the token by IS NOT DISTINCT FROM, which no index serves.
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
    name       text COLLATE "C" NOT NULL,       -- the jobs', and so the next two: a list by one of them starts here
    queue      text COLLATE "C" NOT NULL,
    rank       integer NOT NULL,
    PRIMARY KEY (pack, lo)
);

CREATE INDEX receipt_expiry ON @schema@.receipt (expires_at);
CREATE INDEX receipt_end ON @schema@.receipt (ended_at, pack, lo);
CREATE INDEX receipt_name ON @schema@.receipt (name, pack, lo);
CREATE INDEX receipt_queue ON @schema@.receipt (queue, pack, lo);
CREATE INDEX receipt_rank ON @schema@.receipt (rank, pack, lo);

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
    name         text COLLATE "C" NOT NULL,     -- as in receipt; a trigger fills them in (070)
    queue        text COLLATE "C" NOT NULL,
    rank         integer NOT NULL,
    PRIMARY KEY (pack, slot)
);

CREATE INDEX ended_status ON @schema@.ended (status, pack, slot);
CREATE INDEX ended_expiry ON @schema@.ended (expires_at);
CREATE INDEX ended_end ON @schema@.ended (ended_at, pack, slot);
CREATE INDEX ended_name ON @schema@.ended (name, status, pack, slot);
CREATE INDEX ended_queue ON @schema@.ended (queue, status, pack, slot);
CREATE INDEX ended_rank ON @schema@.ended (rank, status, pack, slot);

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

-- What claims pass over, by the numbers of PauseScope.
CREATE TABLE @schema@.pause (
    scope     smallint NOT NULL,
    key       text COLLATE "C" NOT NULL,
    paused_at timestamptz NOT NULL,
    PRIMARY KEY (scope, key)
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

-- What attempts left for later ones: results of steps, and waits. A wait without value is open until due_at. waits marks the one that
-- the job came to last: it waits for it while it is scheduled for its due_at. See 080.
CREATE TABLE @schema@.step (
    pack      bigint NOT NULL,
    slot      integer NOT NULL,
    name      text COLLATE "C" NOT NULL,
    kind      smallint NOT NULL,                -- 0 step, 1 wait for a time, 2 wait for an answer
    stored_at timestamptz NOT NULL,
    due_at    timestamptz,                      -- null: no wait
    secret    uuid,
    value     bytea,
    waits     boolean NOT NULL DEFAULT false,
    PRIMARY KEY (pack, slot, name)
);

CREATE INDEX step_waits ON @schema@.step (pack, slot) WHERE waits;

-- What follows is of jobs that more than priority and age decide about, a row per job beside the ranges; see 020.

-- Due gated jobs. ord is the due time, mirrored into the past for what goes in last, first out.
CREATE TABLE @schema@.gated (
    stream    bigint NOT NULL,
    rank      integer NOT NULL,
    ord       timestamptz NOT NULL,
    pack      bigint NOT NULL,
    slot      integer NOT NULL,
    due_at    timestamptz NOT NULL,
    attempt   integer NOT NULL,
    takeovers integer NOT NULL,
    keep      bigint,
    max_held  integer NOT NULL,
    PRIMARY KEY (stream, rank, ord, pack, slot)
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE UNIQUE INDEX gated_place ON @schema@.gated (pack, slot);

-- Due jobs of one name and queue that share tenant and concurrency key ('': none), by their first job. Only open streams are looked
-- at. A stream is closed while its key is at its limit (no wakes_at) or a rate limit holds it back (wakes_at). Open or closed, first
-- or not, is a hint that a claim corrects: what is exact is the count of leases under the key's lock.
CREATE TABLE @schema@.stream (
    id       bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    name     text COLLATE "C" NOT NULL,
    queue    text COLLATE "C" NOT NULL,
    tenant   text COLLATE "C" NOT NULL,
    gate     text COLLATE "C" NOT NULL,
    rank     integer NOT NULL,
    ord      timestamptz NOT NULL,
    turn     bigint NOT NULL,                   -- when the tenant had its last turn
    open     boolean NOT NULL,
    wakes_at timestamptz,
    UNIQUE (name, queue, tenant, gate)
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE INDEX stream_free ON @schema@.stream (name, queue, rank, ord) WHERE open AND tenant = '';
CREATE INDEX stream_turn ON @schema@.stream (name, queue, rank, turn, ord) WHERE open AND tenant <> '';
CREATE INDEX stream_gate ON @schema@.stream (gate) WHERE gate <> '';
CREATE INDEX stream_wakes ON @schema@.stream (wakes_at) WHERE wakes_at IS NOT NULL;
CREATE SEQUENCE @schema@.turn_seq;
SELECT setval('@schema@.turn_seq', 1);

-- What counts against a concurrency key.
CREATE INDEX lease_gate ON @schema@.lease (gate) WHERE gate IS NOT NULL;

-- Keys of which a run has ended: notes for the next claim, which opens their streams.
CREATE TABLE @schema@.gate_freed (gate text COLLATE "C" NOT NULL);

-- Token buckets as the time at which they are full (the generic cell rate algorithm).
CREATE TABLE @schema@.bucket (
    id      text COLLATE "C" PRIMARY KEY,
    full_at timestamptz NOT NULL
);

-- Jobs that wait for others to end. Whoever ends one releases those that it sees. It does not see what is inserted at that moment:
-- an unsettled row is looked at again until every transaction that was under way when it was first seen has ended.
CREATE TABLE @schema@.waiting (
    pack      bigint NOT NULL,
    slot      integer NOT NULL,
    due_at    timestamptz NOT NULL,
    attempt   integer NOT NULL,
    takeovers integer NOT NULL,
    keep      bigint,
    seen      xid8,
    settled   boolean NOT NULL DEFAULT false,
    PRIMARY KEY (pack, slot)
);

CREATE INDEX waiting_unsettled ON @schema@.waiting (pack, slot) WHERE NOT settled;

CREATE TABLE @schema@.dependency (
    parent_pack bigint NOT NULL,
    parent_slot integer NOT NULL,
    pack        bigint NOT NULL,
    slot        integer NOT NULL,
    PRIMARY KEY (parent_pack, parent_slot, pack, slot)
);

CREATE INDEX dependency_child ON @schema@.dependency (pack, slot);

-- The jobs with an ordering key that have not ended: the first is the one that can be claimed. Inserts into one line take turns.
CREATE TABLE @schema@.line (
    key      text COLLATE "C" NOT NULL,
    position bigint NOT NULL,
    pack     bigint NOT NULL,
    slot     integer NOT NULL,
    PRIMARY KEY (key, position)
);

CREATE UNIQUE INDEX line_place ON @schema@.line (pack, slot);
CREATE SEQUENCE @schema@.line_seq;
