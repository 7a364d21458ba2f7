-- SEARCH by the unique key's first column.
DELETE FROM jobs_step WHERE job = ?1
