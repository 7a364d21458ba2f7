-- SEARCH by rowid: how a job ended; no row while it has not.
SELECT status FROM jobs_ended WHERE job = ?1
