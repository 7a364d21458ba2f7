-- The streams of one lane, and their jobs.
SELECT g.job, g.runs, j.policy
FROM jobs_stream s
JOIN jobs_gated g ON g.stream = s.stream
JOIN jobs_job j ON j.job = g.job
WHERE s.lane = ?1 AND g.due_at <= ?2
LIMIT ?3
