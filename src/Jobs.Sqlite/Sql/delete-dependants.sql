-- SEARCH by primary key.
DELETE FROM jobs_dependency WHERE parent = ?1
