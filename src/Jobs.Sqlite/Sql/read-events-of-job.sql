-- SEARCH by jobs_event_job, in its order.
SELECT sequence, at, kind, job, name, queue, tags, attempt, will_retry, reason, message, progress
FROM jobs_event
WHERE sequence > ?1 AND job = ?3
ORDER BY sequence
LIMIT ?2
