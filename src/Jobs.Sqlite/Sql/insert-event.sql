-- Appends.
INSERT INTO jobs_event (stored_at, at, kind, job, name, queue, tags, attempt, will_retry, reason, message, progress)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
