-- SEARCH by primary key, from the job's oldest line.
DELETE FROM jobs_log WHERE job = ?1 AND line <= ?2
