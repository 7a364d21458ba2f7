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

-- What claims pass over, by the numbers of PauseScope.
CREATE TABLE jobs_pause (
    scope     INTEGER NOT NULL,
    key       TEXT NOT NULL,
    paused_at INTEGER NOT NULL,
    PRIMARY KEY (scope, key)
) STRICT, WITHOUT ROWID;

INSERT INTO jobs_meta (key, value) VALUES ('has_pauses', 0);
