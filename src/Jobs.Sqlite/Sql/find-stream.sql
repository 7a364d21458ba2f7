-- SEARCH by the unique key.
SELECT stream FROM jobs_stream WHERE lane = ?1 AND tenant = ?2 AND gate = ?3
