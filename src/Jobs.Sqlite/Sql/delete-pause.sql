-- SEARCH by primary key.
DELETE FROM jobs_pause WHERE scope = ?1 AND key = ?2
