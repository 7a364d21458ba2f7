-- SEARCH by rowid.
DELETE FROM jobs_dead_letter WHERE job = ?1
