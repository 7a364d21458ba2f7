-- Appends: job numbers only grow.
INSERT INTO jobs_job (
    job, tail, lane, priority, created_at, run_at, policy, payload,
    explicit_id, idempotency_key, submitter, tags, metadata, traceparent, schedule_id,
    concurrency_key, key_concurrency, ordering_key, fairness_key, lifo)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)
