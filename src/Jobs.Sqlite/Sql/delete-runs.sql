-- SEARCH by jobs_run_job.
DELETE FROM jobs_run WHERE job = ?1
