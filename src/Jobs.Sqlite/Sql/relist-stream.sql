-- The stream's first job, and whether it can be claimed.
UPDATE jobs_stream SET
    rank = g.rank,
    ord = g.ord,
    is_open = sleeps_until IS NULL AND (gate = '' OR (SELECT count(*) FROM jobs_lease h WHERE h.gate = jobs_stream.gate) < g.max_held
        AND NOT EXISTS (SELECT 1 FROM jobs_pause p WHERE p.scope = 4 AND p.key = jobs_stream.gate))
FROM (SELECT rank, ord, max_held FROM jobs_gated WHERE stream = ?1 ORDER BY rank, ord, job LIMIT 1) g
WHERE jobs_stream.stream = ?1
