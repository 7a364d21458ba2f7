-- SEARCH by rowid.
SELECT token, nonce FROM jobs_lease WHERE job = ?1
