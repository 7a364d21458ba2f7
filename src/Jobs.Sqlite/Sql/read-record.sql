-- SEARCH by rowid.
SELECT tail, priority, created_at, run_at, policy, payload, explicit_id, idempotency_key, submitter, tags, metadata, traceparent
FROM jobs_job
WHERE job = ?1
