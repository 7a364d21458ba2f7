-- SCAN of the leases, no more than workers have slots.
SELECT job, token, nonce FROM jobs_lease WHERE worker = ?1
