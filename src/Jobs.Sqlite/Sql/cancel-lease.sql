-- SEARCH by rowid. The first request counts.
UPDATE jobs_lease SET cancel_at = coalesce(cancel_at, ?2) WHERE job = ?1
