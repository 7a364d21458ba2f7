-- SCAN of the workers. A worker is dead when it was silent for its lease, counted from the end of an outage at the earliest.
UPDATE jobs_worker SET state = 1
WHERE state = 0 AND max(heartbeat_at, ?2) + lease_duration < ?1
