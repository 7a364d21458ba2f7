-- What happened, where that is to be kept. Numbers are never given twice, also after all rows were removed: readers go by them.
CREATE TABLE jobs_event (
    sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
    stored_at  INTEGER NOT NULL,
    at         INTEGER NOT NULL,
    kind       INTEGER NOT NULL,
    job        BLOB,                   -- the job's id; null: about a queue
    name       TEXT,
    queue      TEXT,
    tags       TEXT,                   -- JSON array
    attempt    INTEGER NOT NULL,
    will_retry INTEGER NOT NULL,
    reason     TEXT,
    message    TEXT,
    progress   REAL
) STRICT;

CREATE INDEX jobs_event_job ON jobs_event (job, sequence) WHERE job IS NOT NULL;
CREATE INDEX jobs_event_age ON jobs_event (stored_at);
