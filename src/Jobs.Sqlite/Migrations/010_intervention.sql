-- What people did to a job, and how it had ended before they made it run again. Few jobs have a row.
CREATE TABLE jobs_intervention (
    job        INTEGER PRIMARY KEY,
    changed_at INTEGER NOT NULL,   -- the last time
    retried_at INTEGER,            -- when somebody last asked for another run
    runs       INTEGER,            -- how many runs counted when that last brought it back from its end, of which the rest tells
    failed_at  INTEGER,
    reason     TEXT,
    error      TEXT,
    cancel_at  INTEGER
) STRICT;
