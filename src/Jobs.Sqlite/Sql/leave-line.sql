-- SEARCH by the unique key.
DELETE FROM jobs_line WHERE job = ?1 RETURNING key
