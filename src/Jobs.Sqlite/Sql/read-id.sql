-- SEARCH by rowid.
SELECT tail, explicit_id FROM jobs_job WHERE job = ?1
