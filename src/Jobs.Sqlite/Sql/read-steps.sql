-- SEARCH by the unique key.
SELECT name, kind, stored_at, due_at, secret, value FROM jobs_step WHERE job = ?1 ORDER BY step
