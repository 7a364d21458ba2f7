-- SEARCH by jobs_stream_sleep.
SELECT stream FROM jobs_stream WHERE sleeps_until IS NOT NULL AND sleeps_until <= ?1
