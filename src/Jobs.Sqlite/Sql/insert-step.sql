-- A name that is there stays as it is.
INSERT INTO jobs_step (job, name, kind, stored_at, due_at, secret, value) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
ON CONFLICT (job, name) DO NOTHING
