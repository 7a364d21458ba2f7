-- SEARCH by jobs_ended_remove in its order.
SELECT job FROM jobs_ended WHERE remove_at <= ?1 ORDER BY remove_at LIMIT ?2
