-- The first schema. Every table and index begins with jobs_, because the file may hold the application's own tables too.
--
-- A job's immutable part is one row of jobs_job. Where it is, is a small row in exactly one of jobs_ready, jobs_scheduled,
-- jobs_lease and jobs_ended, so that the large row is written once and the tables of the hot path stay as small as the backlog,
-- however many finished jobs are kept. (Tried: one table with a state column and partial indexes. Rows that grow on pages that
-- are already full split them.)
--
-- Times are integers: units of 100 ns since 1970-01-01 UTC, the resolution of the applications' own type. Only the views are text.

-- Counters. Read and written once per transaction, where AUTOINCREMENT would write its own row for each insert.
CREATE TABLE jobs_meta (
    key   TEXT NOT NULL PRIMARY KEY,
    value ANY NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO jobs_meta (key, value) VALUES
    ('schema_version', 1),
    ('last_job', 0),
    ('last_token', 0),
    ('grace_from', 0);

-- A pair of queue and name. Claims look at one lane at a time, so jobs that a worker cannot take are never walked over.
CREATE TABLE jobs_lane (
    lane  INTEGER PRIMARY KEY,
    queue TEXT NOT NULL,
    name  TEXT NOT NULL,
    UNIQUE (queue, name)
) STRICT;

-- Every worker that ever reported, because histories name it. state: 0 live, 1 declared dead, 2 retired. A worker that comes back
-- gets a new row: what the old one held stays lost, and is taken over.
CREATE TABLE jobs_worker (
    worker         INTEGER PRIMARY KEY,
    id             TEXT NOT NULL,
    state          INTEGER NOT NULL,
    host           TEXT NOT NULL,
    version        TEXT,
    lease_duration INTEGER NOT NULL,
    started_at     INTEGER NOT NULL,
    heartbeat_at   INTEGER NOT NULL,
    names          TEXT NOT NULL,
    queues         TEXT NOT NULL
) STRICT;

CREATE INDEX jobs_worker_id ON jobs_worker (id);

-- What was enqueued; never updated. A job's public id is explicit_id, or else made of job and tail (64 random bits, so that an id
-- that was handed out before a power cut is never met again by another job).
CREATE TABLE jobs_job (
    job             INTEGER PRIMARY KEY,
    tail            INTEGER NOT NULL,
    lane            INTEGER NOT NULL,
    priority        INTEGER NOT NULL,
    created_at      INTEGER NOT NULL,
    run_at          INTEGER,           -- null: at created_at
    policy          TEXT NOT NULL,     -- what differs from the defaults
    explicit_id     BLOB,
    idempotency_key TEXT,
    submitter       TEXT,
    tags            TEXT,              -- JSON array
    metadata        TEXT,              -- JSON object
    traceparent     TEXT,
    concurrency_key TEXT,
    key_concurrency INTEGER,           -- how many with the key may be held when this one is claimed
    ordering_key    TEXT,
    fairness_key    TEXT,
    lifo            INTEGER,
    payload         BLOB               -- UTF-8 JSON; null: no input
) STRICT;

-- Explicit ids (kind 0, scope '') and idempotency keys (kind 1, scope = the job's name), unique over hot and ended jobs alike.
CREATE TABLE jobs_key (
    kind  INTEGER NOT NULL,
    scope TEXT NOT NULL,
    key   BLOB NOT NULL,
    job   INTEGER NOT NULL,
    until INTEGER,                     -- when an idempotency key is free for another job; null: with the record
    PRIMARY KEY (kind, scope, key)
) STRICT, WITHOUT ROWID;

-- Due. rank is the negated priority: the primary key is the order of claiming.
CREATE TABLE jobs_ready (
    lane      INTEGER NOT NULL,
    rank      INTEGER NOT NULL,
    job       INTEGER NOT NULL,
    due_at    INTEGER NOT NULL,
    runs      INTEGER NOT NULL,        -- runs that counted as attempts
    takeovers INTEGER NOT NULL,
    PRIMARY KEY (lane, rank, job)
) STRICT, WITHOUT ROWID;

-- Due later.
CREATE TABLE jobs_scheduled (
    job       INTEGER PRIMARY KEY,
    due_at    INTEGER NOT NULL,
    runs      INTEGER NOT NULL,
    takeovers INTEGER NOT NULL
) STRICT;

CREATE INDEX jobs_scheduled_due ON jobs_scheduled (due_at);

-- Running. (token, nonce) is the fence. No more rows than workers have slots, hence no further index.
CREATE TABLE jobs_lease (
    job        INTEGER PRIMARY KEY,
    token      INTEGER NOT NULL,
    nonce      INTEGER NOT NULL,
    worker     INTEGER NOT NULL,
    claimed_at INTEGER NOT NULL,
    runs       INTEGER NOT NULL,
    takeovers  INTEGER NOT NULL,
    policy     TEXT NOT NULL,          -- a copy, so that an outcome need not read the job
    cancel_at  INTEGER,                -- when cancelling was asked for
    gate       TEXT                    -- the concurrency key; '' for other jobs of jobs_gated; null: plain
) STRICT;

-- Ended. status: 3 completed, 4 failed, 5 cancelled. The run of a completed job is told by this row alone.
CREATE TABLE jobs_ended (
    job        INTEGER PRIMARY KEY,
    status     INTEGER NOT NULL,
    ended_at   INTEGER NOT NULL,
    remove_at  INTEGER NOT NULL,
    runs       INTEGER NOT NULL,
    token      INTEGER,                -- the fence of the outcome that ended it
    nonce      INTEGER,
    worker     INTEGER,
    started_at INTEGER,
    cancel_at  INTEGER,
    reason     TEXT,                   -- null: none
    error      TEXT,
    result     BLOB
) STRICT;

CREATE INDEX jobs_ended_remove ON jobs_ended (remove_at);
CREATE INDEX jobs_ended_unhappy ON jobs_ended (status, job) WHERE status <> 3;

-- Every run that did not complete. kind: 1 retry, 2 failed, 3 cancelled, 4 snoozed, 5 released, 100 taken over.
CREATE TABLE jobs_run (
    run         INTEGER PRIMARY KEY,
    job         INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    kind        INTEGER NOT NULL,
    worker      INTEGER NOT NULL,
    started_at  INTEGER NOT NULL,
    ended_at    INTEGER NOT NULL,
    reason      TEXT,                  -- null: none
    error_type  TEXT,
    error       TEXT,
    stack_trace TEXT
) STRICT;

CREATE INDEX jobs_run_job ON jobs_run (job);

-- The last reported progress; it is that of the current or last run only while token and nonce are those of the lease or the end.
CREATE TABLE jobs_progress (
    job     INTEGER PRIMARY KEY,
    token   INTEGER NOT NULL,
    nonce   INTEGER NOT NULL,
    percent REAL NOT NULL,
    message TEXT,
    at      INTEGER NOT NULL,
    data    TEXT                       -- JSON
) STRICT;

-- For people with a shell.
CREATE VIEW jobs AS
SELECT
    j.job,
    CASE
        WHEN j.explicit_id IS NULL THEN
            printf('%08x-%04x-%04x-%04x-%012x', (j.job >> 16) & 0xffffffff, j.job & 0xffff, 0x8000 | ((j.tail >> 52) & 0xfff),
                0x8000 | ((j.tail >> 38) & 0x3fff), j.tail & 0x3fffffffff)
        ELSE
            lower(substr(hex(j.explicit_id), 1, 8) || '-' || substr(hex(j.explicit_id), 9, 4) || '-' || substr(hex(j.explicit_id), 13, 4)
                || '-' || substr(hex(j.explicit_id), 17, 4) || '-' || substr(hex(j.explicit_id), 21))
    END AS id,
    l.name,
    l.queue,
    CASE
        WHEN e.status = 3 THEN 'completed'
        WHEN e.status = 4 THEN 'failed'
        WHEN e.status = 5 THEN 'cancelled'
        WHEN h.job IS NOT NULL THEN 'running'
        WHEN s.job IS NOT NULL THEN 'scheduled'
        WHEN r.job IS NOT NULL OR g.job IS NOT NULL THEN 'ready'
        WHEN v.job IS NOT NULL THEN 'waiting'
        ELSE 'nowhere'
    END AS state,
    j.priority,
    coalesce(e.runs, h.runs + 1, s.runs, r.runs, g.runs, v.runs) AS attempt,
    strftime('%Y-%m-%dT%H:%M:%fZ', j.created_at / 1e7, 'unixepoch') AS created_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(s.due_at, r.due_at, g.due_at, v.due_at) / 1e7, 'unixepoch') AS due_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', coalesce(h.claimed_at, e.started_at) / 1e7, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', e.ended_at / 1e7, 'unixepoch') AS ended_at,
    w.id AS worker,
    coalesce(e.error, (SELECT x.error FROM jobs_run x WHERE x.job = j.job AND x.kind IN (1, 2) AND e.job IS NULL ORDER BY x.run DESC LIMIT 1)) AS error,
    j.submitter,
    j.tags,
    j.metadata,
    j.idempotency_key,
    j.concurrency_key,
    j.ordering_key,
    j.fairness_key,
    j.policy,
    CAST(j.payload AS TEXT) AS payload,
    CAST(e.result AS TEXT) AS result
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
LEFT JOIN jobs_ended e ON e.job = j.job
LEFT JOIN jobs_lease h ON h.job = j.job
LEFT JOIN jobs_scheduled s ON s.job = j.job
LEFT JOIN jobs_ready r ON r.lane = j.lane AND r.rank = -j.priority AND r.job = j.job
LEFT JOIN jobs_gated g ON g.job = j.job
LEFT JOIN jobs_waiting v ON v.job = j.job
LEFT JOIN jobs_worker w ON w.worker = coalesce(h.worker, e.worker);

CREATE VIEW jobs_attempts AS
SELECT
    x.job,
    x.number,
    CASE x.kind WHEN 1 THEN 'retry' WHEN 2 THEN 'failed' WHEN 3 THEN 'cancelled' WHEN 4 THEN 'snoozed' WHEN 5 THEN 'released' ELSE 'taken over' END AS outcome,
    strftime('%Y-%m-%dT%H:%M:%fZ', x.started_at / 1e7, 'unixepoch') AS started_at,
    strftime('%Y-%m-%dT%H:%M:%fZ', x.ended_at / 1e7, 'unixepoch') AS ended_at,
    w.id AS worker,
    x.error_type,
    x.error,
    x.stack_trace
FROM jobs_run x
LEFT JOIN jobs_worker w ON w.worker = x.worker
UNION ALL
SELECT
    e.job,
    e.runs,
    'completed',
    strftime('%Y-%m-%dT%H:%M:%fZ', e.started_at / 1e7, 'unixepoch'),
    strftime('%Y-%m-%dT%H:%M:%fZ', e.ended_at / 1e7, 'unixepoch'),
    w.id,
    NULL,
    NULL,
    NULL
FROM jobs_ended e
LEFT JOIN jobs_worker w ON w.worker = e.worker
WHERE e.status = 3
UNION ALL
SELECT
    h.job,
    h.runs + 1,
    'running',
    strftime('%Y-%m-%dT%H:%M:%fZ', h.claimed_at / 1e7, 'unixepoch'),
    NULL,
    w.id,
    NULL,
    NULL,
    NULL
FROM jobs_lease h
LEFT JOIN jobs_worker w ON w.worker = h.worker;

-- Jobs that are not in exactly one place. Always empty.
CREATE VIEW jobs_misplaced AS
SELECT j.job, (e.job IS NOT NULL) + (h.job IS NOT NULL) + (s.job IS NOT NULL) + (r.job IS NOT NULL)
    + (g.job IS NOT NULL) + (v.job IS NOT NULL) AS places
FROM jobs_job j
LEFT JOIN jobs_ended e ON e.job = j.job
LEFT JOIN jobs_lease h ON h.job = j.job
LEFT JOIN jobs_scheduled s ON s.job = j.job
LEFT JOIN jobs_ready r ON r.lane = j.lane AND r.rank = -j.priority AND r.job = j.job
LEFT JOIN jobs_gated g ON g.job = j.job
LEFT JOIN jobs_waiting v ON v.job = j.job
WHERE places <> 1;
