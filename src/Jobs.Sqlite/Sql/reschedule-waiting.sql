-- SEARCH by rowid.
UPDATE jobs_waiting SET due_at = coalesce(?2, due_at) WHERE job = ?1
