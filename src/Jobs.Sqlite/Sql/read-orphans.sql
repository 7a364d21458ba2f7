-- SEARCH of one lane by primary key.
SELECT r.rank, r.job, r.runs, j.policy
FROM jobs_ready r
JOIN jobs_job j ON j.job = r.job
WHERE r.lane = ?1 AND r.due_at <= ?2
LIMIT ?3
