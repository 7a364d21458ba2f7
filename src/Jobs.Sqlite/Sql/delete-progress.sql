-- SEARCH by rowid.
DELETE FROM jobs_progress WHERE job = ?1
