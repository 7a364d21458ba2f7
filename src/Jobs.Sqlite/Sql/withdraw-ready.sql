-- SEARCH by primary key, which the job's own row tells.
DELETE FROM jobs_ready
WHERE (lane, rank, job) = (SELECT lane, -priority, job FROM jobs_job WHERE job = ?1)
RETURNING due_at, runs, takeovers
