-- SEARCH by rowid.
DELETE FROM jobs_job WHERE job = ?1
