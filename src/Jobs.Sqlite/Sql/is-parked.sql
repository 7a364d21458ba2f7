-- SEARCH by the partial index, then by rowid.
SELECT 1 FROM jobs_parked WHERE job = ?1 AND due_at > ?2
