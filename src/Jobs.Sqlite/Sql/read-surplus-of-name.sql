-- SEARCH by jobs_ended_lane up to the last end that is too many.
SELECT job FROM jobs_ended INDEXED BY jobs_ended_lane
WHERE lane IN (SELECT lane FROM jobs_lane WHERE name = ?1) AND (status = 3) = ?2 AND ended_at <= ?3 AND (ended_at < ?3 OR job <= ?4)
LIMIT ?5
