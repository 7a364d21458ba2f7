-- Jobs that were just stored one after the other, all alike. SEARCH by rowid.
INSERT INTO jobs_ready (lane, rank, job, due_at, runs, takeovers)
SELECT ?3, ?4, job, ?5, 0, 0
FROM jobs_job
WHERE job BETWEEN ?1 AND ?2
