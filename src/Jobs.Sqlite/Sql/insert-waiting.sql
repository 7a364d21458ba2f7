INSERT INTO jobs_waiting (job, due_at, runs, takeovers, dependencies) VALUES (?1, ?2, ?3, ?4, ?5)
