-- SEARCH by rowid, twice: whether the attempt of this fence runs, or was the one that completed the job.
SELECT 1 FROM jobs_lease WHERE job = ?1 AND token = ?2 AND nonce = ?3
UNION ALL
SELECT 1 FROM jobs_ended WHERE job = ?1 AND token = ?2 AND nonce = ?3 AND status = 3
LIMIT 1
