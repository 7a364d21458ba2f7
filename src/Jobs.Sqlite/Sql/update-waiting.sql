-- SEARCH by rowid.
UPDATE jobs_waiting SET dependencies = (SELECT count(*) FROM jobs_dependency d WHERE d.child = ?1) WHERE job = ?1
