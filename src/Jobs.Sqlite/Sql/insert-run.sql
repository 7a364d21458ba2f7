INSERT INTO jobs_run (job, number, kind, worker, started_at, ended_at, reason, error_type, error, stack_trace)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
