-- What handlers wrote, per job in the order of the lines. fields is a JSON object or null.
CREATE TABLE jobs_log (
    job     INTEGER NOT NULL,
    line    INTEGER NOT NULL,
    at      INTEGER NOT NULL,
    level   INTEGER NOT NULL,
    attempt INTEGER NOT NULL,
    message TEXT NOT NULL,
    fields  TEXT,
    PRIMARY KEY (job, line)
) STRICT, WITHOUT ROWID;
