-- SEARCH by rowid.
SELECT due_at, runs FROM jobs_scheduled WHERE job = ?1
