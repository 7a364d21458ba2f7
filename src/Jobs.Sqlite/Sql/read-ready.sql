-- SEARCH by primary key in its order, from where the last page of this lane ended.
SELECT rank, job, runs, takeovers
FROM jobs_ready
WHERE lane = ?1 AND (rank, job) > (?2, ?3)
ORDER BY rank, job
LIMIT ?4
