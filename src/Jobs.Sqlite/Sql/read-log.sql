-- SEARCH by primary key in its order.
SELECT line, at, level, message, attempt, fields FROM jobs_log WHERE job = ?1 AND line > ?2 ORDER BY line LIMIT ?3
