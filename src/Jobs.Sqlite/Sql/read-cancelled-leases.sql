-- SCAN of the leases, no more than workers have slots. ?1 null: of all workers.
SELECT j.job, j.tail, j.explicit_id
FROM jobs_lease h
JOIN jobs_worker w ON w.worker = h.worker
JOIN jobs_job j ON j.job = h.job
WHERE h.cancel_at IS NOT NULL AND (?1 IS NULL OR w.id = ?1)
