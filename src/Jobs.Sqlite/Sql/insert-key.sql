-- An idempotency key may pass from one job to the next.
INSERT INTO jobs_key (kind, scope, key, job, until) VALUES (?1, ?2, ?3, ?4, ?5)
ON CONFLICT (kind, scope, key) DO UPDATE SET job = excluded.job, until = excluded.until WHERE excluded.kind = 1
