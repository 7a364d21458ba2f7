INSERT INTO jobs_pause (scope, key, paused_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING
