-- SCAN of jobs_ended_end alone, from the newest end, and no further than to that row.
SELECT ended_at, job FROM jobs_ended ORDER BY ended_at DESC, job DESC LIMIT 1 OFFSET ?1
