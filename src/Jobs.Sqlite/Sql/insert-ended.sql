INSERT INTO jobs_ended (job, status, ended_at, remove_at, runs, token, nonce, worker, started_at, cancel_at, reason, error, result)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
