INSERT INTO jobs_scheduled (job, due_at, runs, takeovers) VALUES (?1, ?2, ?3, ?4)
