-- SEARCH by primary key.
SELECT child FROM jobs_dependency WHERE parent = ?1
