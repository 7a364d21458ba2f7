-- SEARCH by jobs_ended_end in its order.
SELECT job FROM jobs_ended WHERE (ended_at, job) <= (?1, ?2) ORDER BY ended_at, job LIMIT ?3
