-- SCAN of the workers; the leases are counted by a scan of theirs.
SELECT w.id, w.host, w.version, w.started_at, w.heartbeat_at, (SELECT count(*) FROM jobs_lease h WHERE h.worker = w.worker), w.queues
FROM jobs_worker w
WHERE w.state = 0
ORDER BY w.started_at, w.worker
