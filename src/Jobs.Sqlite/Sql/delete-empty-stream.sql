DELETE FROM jobs_stream WHERE stream = ?1 AND NOT EXISTS (SELECT 1 FROM jobs_gated g WHERE g.stream = ?1)
