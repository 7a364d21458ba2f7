-- Jobs that more than priority and age decide about. A job without keys touches none of these tables.

-- Due jobs with a concurrency or fairness key, and those that go in last, first out. ord is the job's number, negated for the latter.
CREATE TABLE jobs_gated (
    stream    INTEGER NOT NULL,
    rank      INTEGER NOT NULL,
    ord       INTEGER NOT NULL,
    job       INTEGER NOT NULL UNIQUE,
    due_at    INTEGER NOT NULL,
    runs      INTEGER NOT NULL,
    takeovers INTEGER NOT NULL,
    max_held  INTEGER NOT NULL,
    PRIMARY KEY (stream, rank, ord, job)
) STRICT, WITHOUT ROWID;

-- Due jobs of one lane that share tenant and concurrency key ('': none), by their first job. Only open streams are looked at: those
-- whose key is not at its limit and that no rate limit holds back. turn: when the tenant had its last turn.
CREATE TABLE jobs_stream (
    stream       INTEGER PRIMARY KEY,
    lane         INTEGER NOT NULL,
    tenant       TEXT NOT NULL,
    gate         TEXT NOT NULL,
    turn         INTEGER NOT NULL,
    rank         INTEGER NOT NULL DEFAULT 0,
    ord          INTEGER NOT NULL DEFAULT 0,
    is_open      INTEGER NOT NULL DEFAULT 0,
    sleeps_until INTEGER,
    UNIQUE (lane, tenant, gate)
) STRICT;

CREATE INDEX jobs_stream_free ON jobs_stream (lane, rank, ord) WHERE is_open AND tenant = '';
CREATE INDEX jobs_stream_turn ON jobs_stream (lane, rank, turn, ord) WHERE is_open AND tenant <> '';
CREATE INDEX jobs_stream_gate ON jobs_stream (gate) WHERE gate <> '';
CREATE INDEX jobs_stream_sleep ON jobs_stream (sleeps_until) WHERE sleeps_until IS NOT NULL;

-- What counts against a concurrency key is what is held.
CREATE INDEX jobs_lease_gate ON jobs_lease (gate) WHERE gate IS NOT NULL;

-- Jobs that wait for others to end, with how many they depend on that have not completed.
CREATE TABLE jobs_waiting (
    job          INTEGER PRIMARY KEY,
    due_at       INTEGER NOT NULL,
    runs         INTEGER NOT NULL,
    takeovers    INTEGER NOT NULL,
    dependencies INTEGER NOT NULL
) STRICT;

CREATE TABLE jobs_dependency (
    parent INTEGER NOT NULL,
    child  INTEGER NOT NULL,
    PRIMARY KEY (parent, child)
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_dependency_child ON jobs_dependency (child);

-- The jobs with an ordering key that have not ended: the first is the one that can be claimed.
CREATE TABLE jobs_line (
    key      TEXT NOT NULL,
    position INTEGER NOT NULL,
    job      INTEGER NOT NULL UNIQUE,
    PRIMARY KEY (key, position)
) STRICT, WITHOUT ROWID;

-- Token buckets that are not full: when they will be.
CREATE TABLE jobs_bucket (
    id      TEXT PRIMARY KEY,
    full_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO jobs_meta (key, value) VALUES ('last_turn', 0), ('has_gates', 0);
