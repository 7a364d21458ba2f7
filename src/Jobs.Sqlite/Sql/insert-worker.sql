INSERT INTO jobs_worker (id, state, host, version, lease_duration, started_at, heartbeat_at, names, queues)
VALUES (?1, 0, ?2, ?3, ?4, ?5, ?5, ?6, ?7)
