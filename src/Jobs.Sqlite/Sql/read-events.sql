-- SEARCH by rowid, in its order.
SELECT sequence, at, kind, job, name, queue, tags, attempt, will_retry, reason, message, progress
FROM jobs_event
WHERE sequence > ?1
ORDER BY sequence
LIMIT ?2
