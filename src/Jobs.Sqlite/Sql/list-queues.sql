-- SCAN of the jobs that have not ended, and of what is paused.
WITH open_job (job, is_held, due_at) AS (
    SELECT job, 0, due_at FROM jobs_ready
    UNION ALL SELECT job, CASE WHEN job IN (SELECT p.job FROM jobs_parked p WHERE p.due_at > ?1) THEN 2 ELSE 0 END, due_at FROM jobs_scheduled
    UNION ALL SELECT job, 0, due_at FROM jobs_gated
    UNION ALL SELECT job, CASE WHEN dependencies > 0 THEN 2 ELSE 0 END, due_at FROM jobs_waiting
    UNION ALL SELECT job, 1, NULL FROM jobs_lease),
lane (lane, pending, running, oldest_at) AS (
    SELECT j.lane, sum(o.is_held = 0), sum(o.is_held = 1), min(CASE WHEN o.is_held = 0 THEN o.due_at END)
    FROM open_job o
    JOIN jobs_job j ON j.job = o.job
    GROUP BY j.lane)
SELECT queue, sum(pending), sum(running), min(oldest_at), max(is_paused)
FROM (
    SELECT l.queue, n.pending, n.running, n.oldest_at, 0 AS is_paused FROM lane n JOIN jobs_lane l ON l.lane = n.lane
    UNION ALL SELECT key, 0, 0, NULL, 1 FROM jobs_pause WHERE scope = 1)
GROUP BY queue
ORDER BY queue
