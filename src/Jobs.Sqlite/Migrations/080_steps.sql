-- What attempts left for later ones: results of steps, and waits. kind: the numbers of JobStepKind. A wait without value is open until
-- due_at. waits marks the one that the job came to last: it waits for it while it is in jobs_scheduled for its due_at.
CREATE TABLE jobs_step (
    step      INTEGER PRIMARY KEY,
    job       INTEGER NOT NULL,
    name      TEXT NOT NULL,
    kind      INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    due_at    INTEGER,             -- null: no wait
    secret    BLOB,
    value     BLOB,                -- JSON
    waits     INTEGER NOT NULL DEFAULT 0,
    UNIQUE (job, name)
) STRICT;

CREATE INDEX jobs_step_waits ON jobs_step (job, due_at) WHERE waits;

-- Jobs that wait for a time or an answer. Once the time has come they are as good as ready.
CREATE VIEW jobs_parked AS
SELECT s.job, s.due_at, w.name, w.kind
FROM jobs_step w
JOIN jobs_scheduled s ON s.job = w.job AND s.due_at = w.due_at
WHERE w.waits AND w.value IS NULL;
