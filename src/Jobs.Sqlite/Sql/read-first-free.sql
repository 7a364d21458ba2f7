-- The first entry of a lane in jobs_stream_free, and its first job.
SELECT s.stream, s.gate, g.rank, g.ord, g.job, g.runs, g.takeovers
FROM (SELECT stream, gate FROM jobs_stream WHERE lane = ?1 AND is_open AND tenant = '' ORDER BY rank, ord LIMIT 1) s
JOIN jobs_gated g ON g.stream = s.stream
ORDER BY g.rank, g.ord, g.job
LIMIT 1
