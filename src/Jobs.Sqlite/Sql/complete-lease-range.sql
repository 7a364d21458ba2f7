-- Completed, status 3. The fence, checked by the statement that writes. SEARCH by rowid.
INSERT INTO jobs_ended (job, status, ended_at, remove_at, runs, token, nonce, worker, started_at, lane)
SELECT job, 3, ?5, ?6, runs + 1, token, nonce, worker, claimed_at, lane
FROM jobs_lease
WHERE job BETWEEN ?1 AND ?2 AND token = job + ?3 AND nonce = ?4 AND cancel_at IS NULL AND gate IS NULL
