-- SEARCH by jobs_event_age; the limit bounds how long one transaction takes.
DELETE FROM jobs_event WHERE sequence IN (SELECT sequence FROM jobs_event WHERE stored_at < ?1 ORDER BY stored_at LIMIT 1000)
