-- SEARCH by rowid.
SELECT 1 FROM jobs_lease WHERE job = ?1 AND token = ?2 AND nonce = ?3
