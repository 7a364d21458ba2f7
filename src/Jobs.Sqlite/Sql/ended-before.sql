-- SEARCH by rowid.
SELECT 1 FROM jobs_ended WHERE job = ?1 AND ended_at <= ?2
