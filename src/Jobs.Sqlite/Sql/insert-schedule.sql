INSERT INTO jobs_schedule (id, version, job_name, due_at, is_waiting, open_jobs, document)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT DO NOTHING
