-- SEARCH by jobs_stream_gate.
SELECT stream FROM jobs_stream WHERE gate = ?1 AND gate <> ''
