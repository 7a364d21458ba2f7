-- Appends: job numbers only grow.
INSERT INTO jobs_job (job, tail, lane, priority, created_at, run_at, policy, payload)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
