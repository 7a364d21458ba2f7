-- SEARCH by rowid. A job that was retried and failed again has its latest letter here.
INSERT INTO jobs_dead_letter (job, letter, at) VALUES (?1, ?2, ?3)
ON CONFLICT (job) DO UPDATE SET letter = excluded.letter, at = excluded.at
