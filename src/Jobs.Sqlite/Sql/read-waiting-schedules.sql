-- SEARCH jobs_schedule_waiting.
SELECT id, version, job_name, due_at, is_waiting, open_jobs, document
FROM jobs_schedule
WHERE is_waiting = 1
LIMIT ?1
