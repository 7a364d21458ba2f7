-- SCAN of what is paused.
SELECT scope, key, paused_at FROM jobs_pause ORDER BY paused_at, scope, key
