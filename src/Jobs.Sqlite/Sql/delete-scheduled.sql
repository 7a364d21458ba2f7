-- SEARCH by rowid.
DELETE FROM jobs_scheduled WHERE job = ?1
