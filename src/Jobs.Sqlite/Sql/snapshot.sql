-- Every join is a SEARCH by rowid or primary key. The conditions, the order and the limit are appended.
SELECT
    j.job, j.tail, j.explicit_id, l.name, l.queue, j.priority, j.policy, j.created_at, j.run_at,
    j.idempotency_key, j.submitter, j.tags, j.metadata, j.traceparent,
    r.due_at, r.runs,
    s.due_at, s.runs,
    h.claimed_at, h.runs, h.cancel_at, hw.id,
    e.status, e.ended_at, e.runs, e.started_at, e.cancel_at, e.reason, e.error, ew.id,
    p.percent, p.message, p.at,
    CASE WHEN ?1 THEN j.payload END,
    CASE WHEN ?2 THEN e.result END,
    d.letter, d.at, p.data,
    j.schedule_id,
    g.due_at, g.runs, v.due_at, v.runs, v.dependencies,
    j.concurrency_key, j.key_concurrency, j.ordering_key,
    CASE WHEN g.job IS NOT NULL AND j.concurrency_key IS NOT NULL THEN (SELECT count(*) FROM jobs_lease x WHERE x.gate = j.concurrency_key) END,
    i.changed_at, i.retried_at, i.runs, i.failed_at, i.reason, i.error, i.cancel_at,
    k.name, k.kind
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
LEFT JOIN jobs_ready r ON r.lane = j.lane AND r.rank = -j.priority AND r.job = j.job
LEFT JOIN jobs_scheduled s ON s.job = j.job
LEFT JOIN jobs_gated g ON g.job = j.job
LEFT JOIN jobs_waiting v ON v.job = j.job
LEFT JOIN jobs_lease h ON h.job = j.job
LEFT JOIN jobs_worker hw ON hw.worker = h.worker
LEFT JOIN jobs_ended e ON e.job = j.job
LEFT JOIN jobs_worker ew ON ew.worker = e.worker
LEFT JOIN jobs_dead_letter d ON d.job = j.job
LEFT JOIN jobs_progress p ON p.job = j.job AND p.token = coalesce(h.token, e.token) AND p.nonce = coalesce(h.nonce, e.nonce)
LEFT JOIN jobs_intervention i ON i.job = j.job
LEFT JOIN jobs_step k ON k.job = j.job AND k.waits AND k.value IS NULL AND k.due_at = s.due_at
