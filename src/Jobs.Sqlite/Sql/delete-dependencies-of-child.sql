-- SEARCH by jobs_dependency_child.
DELETE FROM jobs_dependency WHERE child = ?1
