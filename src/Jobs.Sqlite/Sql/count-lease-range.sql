-- How many jobs of a range are held under the fences of one claim and end without further ado, and whether their policies are alike.
-- SEARCH by rowid.
SELECT count(*), min(policy), max(policy)
FROM jobs_lease
WHERE job BETWEEN ?1 AND ?2 AND token = job + ?3 AND nonce = ?4 AND cancel_at IS NULL AND gate IS NULL
