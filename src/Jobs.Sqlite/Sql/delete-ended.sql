-- SEARCH by rowid.
DELETE FROM jobs_ended WHERE job = ?1
