-- The letter that was stored when a job failed for good. letter is the letter's public id: its record may be gone first.
CREATE TABLE jobs_dead_letter (
    job    INTEGER PRIMARY KEY,
    letter BLOB NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

-- 1 once any job had something that few jobs have (a letter, log lines, events): until then removing a job does not look for it.
INSERT INTO jobs_meta (key, value) VALUES ('has_annexes', 0);
