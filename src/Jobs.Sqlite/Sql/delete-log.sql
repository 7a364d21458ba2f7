-- SEARCH by primary key.
DELETE FROM jobs_log WHERE job = ?1
