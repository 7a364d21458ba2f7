-- SEARCH by primary key.
SELECT job FROM jobs_line WHERE key = ?1 ORDER BY position LIMIT 1
