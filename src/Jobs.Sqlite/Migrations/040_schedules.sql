-- Schedules: what the loop looks for, and a document that only the runtime reads. version is the fence of every write.
CREATE TABLE jobs_schedule (
    id         TEXT NOT NULL PRIMARY KEY,
    version    INTEGER NOT NULL,
    job_name   TEXT NOT NULL,
    due_at     INTEGER,                -- null: time alone changes nothing
    is_waiting INTEGER NOT NULL,       -- a tick waits for the end of open_jobs
    open_jobs  BLOB,                   -- explicit ids of 16 bytes each
    document   TEXT NOT NULL           -- JSON
) STRICT, WITHOUT ROWID;

CREATE INDEX jobs_schedule_due ON jobs_schedule (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX jobs_schedule_waiting ON jobs_schedule (is_waiting) WHERE is_waiting = 1;

-- The schedule whose tick a job is.
ALTER TABLE jobs_job ADD COLUMN schedule_id TEXT;
CREATE INDEX jobs_job_schedule ON jobs_job (schedule_id, job) WHERE schedule_id IS NOT NULL;
