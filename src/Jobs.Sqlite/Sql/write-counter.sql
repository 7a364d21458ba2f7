-- SEARCH by primary key.
UPDATE jobs_meta SET value = ?2 WHERE key = ?1
