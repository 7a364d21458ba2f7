-- The lane of a job that was held is at hand; that of another one is looked up.
INSERT INTO jobs_ended (job, status, ended_at, remove_at, runs, token, nonce, worker, started_at, cancel_at, reason, error, result, lane)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, coalesce(?14, (SELECT lane FROM jobs_job WHERE job = ?1)))
