-- SEARCH by jobs_ended_lane, for each queue in which the name occurs; statistics that see one large lane would scan everything. ?2: 1 for completed ones, 0 for all others.
SELECT ended_at, job FROM jobs_ended INDEXED BY jobs_ended_lane
WHERE lane IN (SELECT lane FROM jobs_lane WHERE name = ?1) AND (status = 3) = ?2
ORDER BY ended_at DESC, job DESC LIMIT 1 OFFSET ?3
