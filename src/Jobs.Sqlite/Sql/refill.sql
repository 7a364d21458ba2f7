-- SEARCH by the primary key, once for the bucket and once for those of the keys.
DELETE FROM jobs_bucket WHERE full_at > ?4 AND (id = ?1 OR (id >= ?2 AND id < ?3)) RETURNING id
