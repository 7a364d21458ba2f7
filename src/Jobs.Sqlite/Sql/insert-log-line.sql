INSERT INTO jobs_log (job, line, at, level, attempt, message, fields) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
