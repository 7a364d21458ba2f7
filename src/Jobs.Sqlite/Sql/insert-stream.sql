-- A tenant without due jobs is forgotten, and begins again behind all who wait, unless another stream of it is there: else one that
-- enqueues job after job would always be the one that had no turn yet.
INSERT INTO jobs_stream (lane, tenant, gate, turn)
VALUES (?1, ?2, ?3, coalesce((SELECT s.turn FROM jobs_stream s WHERE s.lane = ?1 AND s.tenant = ?2 AND ?2 <> '' LIMIT 1), ?4))
RETURNING stream
