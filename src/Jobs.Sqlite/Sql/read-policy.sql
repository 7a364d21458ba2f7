-- SEARCH by rowid.
SELECT policy FROM jobs_job WHERE job = ?1
