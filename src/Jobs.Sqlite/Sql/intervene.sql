-- SEARCH by rowid.
INSERT INTO jobs_intervention (job, changed_at, retried_at) VALUES (?1, ?2, ?3)
ON CONFLICT (job) DO UPDATE SET changed_at = excluded.changed_at, retried_at = coalesce(excluded.retried_at, retried_at)
