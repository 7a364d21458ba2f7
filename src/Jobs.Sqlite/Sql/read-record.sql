-- is_plain: the columns behind payload are all null. SEARCH by rowid.
SELECT tail, priority, created_at, run_at, policy, payload, explicit_id, idempotency_key, submitter, tags, metadata, traceparent,
    concurrency_key, key_concurrency, ordering_key, fairness_key, lifo,
    coalesce(explicit_id, idempotency_key, submitter, tags, metadata, traceparent, concurrency_key, ordering_key, fairness_key, lifo) IS NULL AS is_plain
FROM jobs_job
WHERE job = ?1
