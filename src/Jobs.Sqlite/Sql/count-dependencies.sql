-- SEARCH by jobs_dependency_child.
SELECT count(*) FROM jobs_dependency WHERE child = ?1
