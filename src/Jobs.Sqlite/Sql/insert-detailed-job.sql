-- Appends: job numbers only grow.
INSERT INTO jobs_job (
    job, tail, lane, priority, created_at, run_at, policy, payload,
    explicit_id, idempotency_key, submitter, tags, metadata, traceparent, schedule_id)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)
