INSERT INTO jobs_gated (stream, rank, ord, job, due_at, runs, takeovers, max_held) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
