-- SEARCH of the last entry by primary key.
SELECT max(line) FROM jobs_log WHERE job = ?1
