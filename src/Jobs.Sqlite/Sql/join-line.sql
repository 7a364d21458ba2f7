-- The end of the line; a job that is in it stays where it is.
INSERT INTO jobs_line (key, position, job)
VALUES (?1, coalesce((SELECT max(position) FROM jobs_line WHERE key = ?1), 0) + 1, ?2)
ON CONFLICT (job) DO NOTHING
