-- SEARCH by the primary key; the version is the fence.
UPDATE jobs_schedule
SET version = ?2, job_name = ?3, due_at = ?4, is_waiting = ?5, open_jobs = ?6, document = ?7
WHERE id = ?1 AND version = ?8
