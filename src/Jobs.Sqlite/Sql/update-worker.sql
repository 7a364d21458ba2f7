-- SEARCH by rowid.
UPDATE jobs_worker
SET host = ?2, version = ?3, lease_duration = ?4, heartbeat_at = ?5, names = ?6, queues = ?7
WHERE worker = ?1
