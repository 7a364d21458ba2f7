-- SEARCH by rowid.
UPDATE jobs_intervention
SET runs = ?2, failed_at = coalesce(?3, failed_at), reason = ?4, error = ?5, cancel_at = coalesce(?6, cancel_at)
WHERE job = ?1
