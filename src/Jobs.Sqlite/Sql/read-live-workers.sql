-- SCAN of the workers.
SELECT names, started_at FROM jobs_worker WHERE state = 0
