INSERT INTO jobs_ready (lane, rank, job, due_at, runs, takeovers) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
