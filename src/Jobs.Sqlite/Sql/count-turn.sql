-- All streams of a tenant in a lane share its turn.
UPDATE jobs_stream SET turn = ?2
WHERE lane = (SELECT s.lane FROM jobs_stream s WHERE s.stream = ?1)
    AND tenant = (SELECT s.tenant FROM jobs_stream s WHERE s.stream = ?1 AND s.tenant <> '')
