-- SCAN of the leases, no more than workers have slots.
SELECT h.job, h.token, h.nonce, w.id
FROM jobs_lease h
LEFT JOIN jobs_worker w ON w.worker = h.worker
WHERE coalesce(w.state, 1) <> 0
ORDER BY h.job
LIMIT ?1
