-- SEARCH by rowid. A worker that had left the list starts anew.
UPDATE jobs_worker
SET host = ?2, version = ?3, lease_duration = ?4, heartbeat_at = ?5, names = ?6, queues = ?7,
    started_at = CASE state WHEN 0 THEN started_at ELSE ?5 END, state = 0
WHERE worker = ?1
