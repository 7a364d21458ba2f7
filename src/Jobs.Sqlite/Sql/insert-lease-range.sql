-- Holds all ready jobs of a range, whose policies are alike. The tokens grow with the jobs' numbers. SEARCH by primary key.
INSERT INTO jobs_lease (job, token, nonce, worker, claimed_at, runs, takeovers, policy, lane)
SELECT job, job + ?5, ?6, ?7, ?8, runs, takeovers, ?9, ?1
FROM jobs_ready
WHERE lane = ?1 AND rank = ?2 AND job BETWEEN ?3 AND ?4
