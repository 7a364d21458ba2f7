-- Inserts or replaces only while the lease holds. SEARCH of jobs_lease by rowid.
INSERT INTO jobs_progress (job, token, nonce, percent, message, at, data)
SELECT job, token, nonce, ?4, ?5, ?6, ?7 FROM jobs_lease WHERE job = ?1 AND token = ?2 AND nonce = ?3
ON CONFLICT (job) DO UPDATE SET
    token = excluded.token, nonce = excluded.nonce, percent = excluded.percent, message = excluded.message, at = excluded.at, data = excluded.data
