-- SEARCH jobs_schedule_due.
SELECT id, version, job_name, due_at, is_waiting, open_jobs, document
FROM jobs_schedule
WHERE due_at <= ?1
ORDER BY due_at
LIMIT ?2
