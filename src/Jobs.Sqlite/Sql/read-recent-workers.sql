-- SCAN of the workers.
SELECT names, started_at, state FROM jobs_worker WHERE state = 0 OR heartbeat_at > ?1
