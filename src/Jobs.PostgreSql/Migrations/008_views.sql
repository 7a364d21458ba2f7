-- Every job with its state, for programs: status as JobStatus numbers it.
CREATE VIEW @schema@.job_state AS
SELECT
    j.pack, j.slot, j.id, j.name, j.queue, j.priority, j.policy, j.payload, j.created_at, coalesce(j.run_at, j.created_at) AS run_at,
    j.idempotency_key, j.submitter, j.tags, j.metadata, j.trace_parent, j.schedule_id,
    j.concurrency_key, j.key_concurrency, j.ordering_key, j.fairness_key,
    (CASE WHEN r.pack IS NOT NULL THEN 3 WHEN e.pack IS NOT NULL THEN e.status WHEN l.pack IS NOT NULL THEN 1 WHEN p.dependencies > 0 OR w.pack IS NOT NULL THEN 2 ELSE 0 END)::integer AS status,
    coalesce(r.attempt, e.attempt, l.attempt + 1, p.attempt, 0) AS attempt,
    CASE WHEN r.pack IS NULL AND e.pack IS NULL AND l.pack IS NULL THEN p.due_at END AS next_attempt_at,
    coalesce(r.started_at, l.claimed_at) AS started_at,
    coalesce(r.ended_at, e.ended_at) AS ended_at,
    CASE WHEN r.pack IS NULL THEN l.claimed_at END AS locked_at,
    coalesce(r.worker, l.worker) AS worker,
    e.reason, e.error, coalesce(e.cancelled_at, c.requested_at, i.cancelled_at) AS cancelled_at,
    g.percent AS progress, g.message AS progress_message, g.at AS progress_at, g.data::text AS progress_data,
    p.dependencies,
    CASE WHEN p.gated AND j.concurrency_key IS NOT NULL THEN (SELECT count(*) FROM @schema@.lease q WHERE q.gate = j.concurrency_key) END AS held_by_key,
    r.results, j.slot - r.origin AS result_index, r.hi - r.origin + 1 AS result_count,
    i.changed_at, i.retried_at, i.attempt AS reopened_attempt, i.failed_at AS reopened_failed_at, i.reason AS reopened_reason, i.error AS reopened_error,
    w.name AS awaited_name, w.kind AS awaited_kind
FROM @schema@.job j
LEFT JOIN LATERAL (
    SELECT q.* FROM (SELECT q.* FROM @schema@.receipt q WHERE q.pack = j.pack AND q.lo <= j.slot ORDER BY q.lo DESC LIMIT 1) q
    WHERE q.hi >= j.slot) r ON true
LEFT JOIN @schema@.ended e ON e.pack = j.pack AND e.slot = j.slot
LEFT JOIN LATERAL (
    SELECT q.* FROM (SELECT q.* FROM @schema@.lease q WHERE q.pack = j.pack AND q.hi >= j.slot ORDER BY q.hi LIMIT 1) q
    WHERE q.lo <= j.slot) l ON true
LEFT JOIN LATERAL (
    SELECT *, false AS gated, NULL::bigint AS dependencies FROM (SELECT q.due_at, q.attempt, q.lo FROM @schema@.ready q WHERE q.pack = j.pack AND q.hi >= j.slot ORDER BY q.hi LIMIT 1) q
    WHERE q.lo <= j.slot
    UNION ALL
    SELECT *, false, NULL FROM (SELECT q.due_at, q.attempt, q.lo FROM @schema@.scheduled q WHERE q.pack = j.pack AND q.hi >= j.slot ORDER BY q.hi LIMIT 1) q
    WHERE q.lo <= j.slot
    UNION ALL
    SELECT q.due_at, q.attempt, q.slot, true, NULL FROM @schema@.gated q WHERE q.pack = j.pack AND q.slot = j.slot
    UNION ALL
    SELECT q.due_at, q.attempt, q.slot, false, (SELECT count(*) FROM @schema@.dependency d WHERE d.pack = q.pack AND d.slot = q.slot)
    FROM @schema@.waiting q WHERE q.pack = j.pack AND q.slot = j.slot
    LIMIT 1) p ON true
LEFT JOIN @schema@.cancel_request c ON c.pack = j.pack AND c.slot = j.slot
LEFT JOIN @schema@.progress g ON g.pack = j.pack AND g.slot = j.slot
LEFT JOIN @schema@.intervention i ON i.pack = j.pack AND i.slot = j.slot
LEFT JOIN @schema@.step w ON w.pack = j.pack AND w.slot = j.slot AND w.waits AND w.value IS NULL AND w.due_at = p.due_at AND w.due_at > @schema@.clock();

-- Jobs that wait for a time or an answer. Once the time has come they are as good as ready. Plan: the few rows of step_waits.
CREATE VIEW @schema@.parked AS
SELECT s.pack, s.hi AS slot, s.name AS job_name, s.queue, t.name AS wait, t.due_at
FROM @schema@.step t JOIN @schema@.scheduled s ON s.pack = t.pack AND s.hi = t.slot AND s.due_at = t.due_at
WHERE t.waits AND t.value IS NULL AND t.due_at > (SELECT @schema@.clock());

-- The ranges of jobs that are pending, wherever they are.
CREATE VIEW @schema@.pending AS
SELECT r.pack, r.lo, r.hi, r.name, r.queue, r.rank, r.due_at, r.attempt FROM @schema@.ready r
UNION ALL
SELECT s.pack, s.lo, s.hi, s.name, s.queue, s.rank, s.due_at, s.attempt FROM @schema@.scheduled s
WHERE NOT EXISTS (SELECT FROM @schema@.parked k WHERE k.pack = s.pack AND k.slot = s.hi)
UNION ALL
SELECT g.pack, g.slot, g.slot, s.name, s.queue, g.rank, g.due_at, g.attempt FROM @schema@.gated g JOIN @schema@.stream s ON s.id = g.stream
UNION ALL
SELECT w.pack, w.slot, w.slot, j.name, j.queue, ~j.priority, w.due_at, w.attempt
FROM @schema@.waiting w JOIN @schema@.job j ON j.pack = w.pack AND j.slot = w.slot
WHERE NOT EXISTS (SELECT FROM @schema@.dependency d WHERE d.pack = w.pack AND d.slot = w.slot);

-- Every job with its state, for people.
CREATE VIEW @schema@.jobs AS
SELECT
    coalesce(s.id, @schema@.job_id(s.pack, s.slot)) AS id,
    s.name, s.queue, s.priority,
    (ARRAY['Pending', 'Running', 'Waiting', 'Completed', 'Failed', 'Cancelled'])[s.status + 1] AS status,
    s.attempt, s.created_at, s.run_at, s.next_attempt_at, s.started_at, s.ended_at, s.worker,
    (ARRAY['None', 'HandlerError', 'Timeout', 'NoHandler', 'InvalidPayload', 'NonRetryable', 'Stalled', 'DependencyFailed',
        'CompletionNotCommitted'])[s.reason + 1] AS failure_reason,
    s.error, s.progress, s.progress_message,
    CASE WHEN s.payload <> '' THEN @schema@.as_text(s.payload) END AS payload,
    @schema@.as_text(@schema@.result_of(s.results, s.result_index, s.result_count)) AS result,
    s.policy, s.idempotency_key, s.submitter, s.tags, s.metadata, s.trace_parent, s.schedule_id,
    (SELECT json_agg(json_build_object('number', a.number, 'worker', a.worker, 'startedAt', a.started_at, 'endedAt', a.ended_at,
        'errorType', a.error_type, 'error', a.error) ORDER BY a.token)
     FROM @schema@.attempt a WHERE a.pack = s.pack AND a.slot = s.slot) AS attempts
FROM @schema@.job_state s;

-- Everything that breaks "a job is in exactly one place", and rows without a job. Returns nothing at any moment.
CREATE VIEW @schema@.violations AS
WITH place AS (
    SELECT 'ready' AS place, pack, s AS slot FROM @schema@.ready CROSS JOIN generate_series(lo, hi) s
    UNION ALL SELECT 'scheduled', pack, s FROM @schema@.scheduled CROSS JOIN generate_series(lo, hi) s
    UNION ALL SELECT 'receipt', pack, s FROM @schema@.receipt CROSS JOIN generate_series(lo, hi) s
    UNION ALL SELECT 'ended', pack, slot FROM @schema@.ended
    UNION ALL SELECT 'gated', pack, slot FROM @schema@.gated
    UNION ALL SELECT 'waiting', pack, slot FROM @schema@.waiting
    UNION ALL SELECT 'lease', l.pack, s FROM @schema@.lease l CROSS JOIN generate_series(l.lo, l.hi) s
    WHERE NOT (l.detached AND EXISTS (
        SELECT FROM @schema@.fence f
        WHERE f.completed AND f.pack = l.pack AND f.slot = l.hi AND f.token = l.token AND f.nonce = l.nonce))),
total AS (SELECT pack, slot, count(*) AS n, string_agg(place, ', ') AS places FROM place GROUP BY pack, slot)
SELECT format('job %s/%s is in %s', coalesce(j.pack, t.pack), coalesce(j.slot, t.slot), coalesce(t.places, 'no place')) AS violation
FROM @schema@.job j FULL JOIN total t ON t.pack = j.pack AND t.slot = j.slot
WHERE t.n IS DISTINCT FROM 1
UNION ALL
SELECT format('job %s/%s is in %s without a record', t.pack, t.slot, t.places)
FROM total t WHERE NOT EXISTS (SELECT FROM @schema@.job j WHERE j.pack = t.pack AND j.slot = t.slot)
UNION ALL
SELECT format('key %s %s belongs to no job', k.scope, k.key)
FROM @schema@.job_key k LEFT JOIN @schema@.job j ON j.pack = k.pack AND j.slot = k.slot
WHERE CASE k.scope WHEN '' THEN j.id::text ELSE j.idempotency_key END IS DISTINCT FROM k.key
UNION ALL
SELECT format('job %s/%s lacks its key', j.pack, j.slot)
FROM @schema@.job j
WHERE (j.id IS NOT NULL AND NOT EXISTS (SELECT FROM @schema@.job_key k WHERE k.scope = '' AND k.key = j.id::text AND k.pack = j.pack AND k.slot = j.slot))
    OR (j.idempotency_key IS NOT NULL AND NOT EXISTS (
        SELECT FROM @schema@.job_key k WHERE k.scope = j.name AND k.key = j.idempotency_key))
UNION ALL
SELECT format('gated job %s/%s is in no stream of its own', g.pack, g.slot)
FROM @schema@.gated g JOIN @schema@.job j ON j.pack = g.pack AND j.slot = g.slot
WHERE NOT EXISTS (
    SELECT FROM @schema@.stream s
    WHERE s.id = g.stream AND (s.name, s.queue, s.tenant, s.gate) = (j.name, j.queue, coalesce(j.fairness_key, ''), coalesce(j.concurrency_key, '')))
UNION ALL
SELECT format('job %s/%s is held or scheduled with the wrong gate', o.pack, o.slot)
FROM (SELECT pack, hi AS slot, gate FROM @schema@.lease UNION ALL SELECT pack, hi, gate FROM @schema@.scheduled) o
JOIN @schema@.job j ON j.pack = o.pack AND j.slot = o.slot
WHERE o.gate IS DISTINCT FROM CASE WHEN coalesce(j.concurrency_key, j.fairness_key, j.lifo::text) IS NULL THEN NULL ELSE coalesce(j.concurrency_key, '') END
UNION ALL
SELECT format('dependency of %s/%s, which does not wait', d.pack, d.slot)
FROM @schema@.dependency d WHERE NOT EXISTS (SELECT FROM @schema@.waiting w WHERE w.pack = d.pack AND w.slot = d.slot)
UNION ALL
SELECT format('job %s/%s waits for nothing', w.pack, w.slot)
FROM @schema@.waiting w
WHERE w.settled
    AND NOT EXISTS (SELECT FROM @schema@.dependency d WHERE d.pack = w.pack AND d.slot = w.slot)
    AND NOT EXISTS (
        SELECT FROM @schema@.line mine JOIN @schema@.line l ON l.key = mine.key AND l.position < mine.position WHERE mine.pack = w.pack AND mine.slot = w.slot)
UNION ALL
SELECT format('job %s/%s is not in its line', j.pack, j.slot)
FROM @schema@.job j
WHERE j.ordering_key IS NOT NULL
    AND NOT EXISTS (SELECT FROM @schema@.line l WHERE l.pack = j.pack AND l.slot = j.slot AND l.key = j.ordering_key)
    AND EXISTS (SELECT FROM place p WHERE p.pack = j.pack AND p.slot = j.slot AND p.place NOT IN ('receipt', 'ended'))
UNION ALL
SELECT format('%s %s/%s has no job', o.what, o.pack, o.slot)
FROM (
    SELECT 'attempt' AS what, pack, slot FROM @schema@.attempt
    UNION ALL SELECT 'progress', pack, slot FROM @schema@.progress
    UNION ALL SELECT 'cancel request', pack, slot FROM @schema@.cancel_request
    UNION ALL SELECT 'intervention', pack, slot FROM @schema@.intervention
    UNION ALL SELECT 'step', pack, slot FROM @schema@.step) o
WHERE NOT EXISTS (SELECT FROM @schema@.job j WHERE j.pack = o.pack AND j.slot = o.slot)
    AND NOT EXISTS (SELECT FROM @schema@.fence f WHERE f.completed AND f.pack = o.pack AND f.slot = o.slot)
UNION ALL
SELECT format('job %s/%s waits for several things at once', t.pack, t.slot)
FROM @schema@.step t WHERE t.waits GROUP BY t.pack, t.slot HAVING count(*) > 1
UNION ALL
SELECT format('job %s/%s waits for %s, which is over', s.pack, s.hi, t.name)
FROM @schema@.step t JOIN @schema@.scheduled s ON s.pack = t.pack AND s.hi = t.slot AND s.due_at = t.due_at
WHERE t.waits AND t.value IS NOT NULL
UNION ALL
SELECT format('cancel request %s/%s is about a job that nobody holds', c.pack, c.slot)
FROM @schema@.cancel_request c
WHERE NOT EXISTS (SELECT FROM place p WHERE p.place = 'lease' AND p.pack = c.pack AND p.slot = c.slot)
    AND NOT EXISTS (SELECT FROM @schema@.fence f WHERE f.completed AND f.pack = c.pack AND f.slot = c.slot);
