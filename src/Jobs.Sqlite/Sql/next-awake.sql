-- The first entry of jobs_stream_sleep.
SELECT min(sleeps_until) FROM jobs_stream WHERE sleeps_until IS NOT NULL
