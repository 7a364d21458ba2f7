-- SEARCH by rowid: what is needed to put a job back.
SELECT lane, priority FROM jobs_job WHERE job = ?1
