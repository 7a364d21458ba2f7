-- SEARCH by rowid: the columns of read-record, then the lane's.
SELECT j.tail, j.priority, j.created_at, j.run_at, j.policy, j.payload, j.explicit_id, j.idempotency_key, j.submitter, j.tags, j.metadata, j.traceparent,
    j.concurrency_key, j.key_concurrency, j.ordering_key, j.fairness_key, j.lifo,
    l.name, l.queue
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
WHERE j.job = ?1
