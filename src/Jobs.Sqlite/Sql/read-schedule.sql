-- SEARCH by the primary key.
SELECT id, version, job_name, due_at, is_waiting, open_jobs, document
FROM jobs_schedule
WHERE id = ?1
