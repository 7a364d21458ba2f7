-- SEARCH by rowid.
DELETE FROM jobs_intervention WHERE job = ?1
