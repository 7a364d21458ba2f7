-- SEARCH by jobs_scheduled_due in its order; the limit bounds how long one transaction takes.
SELECT s.job, s.due_at, s.runs, s.takeovers, j.lane, j.priority,
    j.concurrency_key, j.key_concurrency, j.ordering_key, j.fairness_key, j.lifo
FROM jobs_scheduled s
JOIN jobs_job j ON j.job = s.job
WHERE s.due_at <= ?1
ORDER BY s.due_at
LIMIT ?2
