-- The records of the ready jobs of one lane and priority, in the order of claiming. SEARCH by primary key, then by rowid. is_plain: the
-- columns behind payload are all null.
SELECT tail, priority, created_at, run_at, policy, payload, explicit_id, idempotency_key, submitter, tags, metadata, traceparent,
    concurrency_key, key_concurrency, ordering_key, fairness_key, lifo,
    coalesce(explicit_id, idempotency_key, submitter, tags, metadata, traceparent, concurrency_key, ordering_key, fairness_key, lifo) IS NULL AS is_plain,
    r.job
FROM jobs_ready r
JOIN jobs_job j ON j.job = r.job
WHERE r.lane = ?1 AND r.rank = ?2 AND r.job BETWEEN ?3 AND ?4
ORDER BY r.job
