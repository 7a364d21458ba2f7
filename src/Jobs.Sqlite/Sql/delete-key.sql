-- SEARCH by primary key.
DELETE FROM jobs_key WHERE kind = ?1 AND scope = ?2 AND key = ?3 AND job = ?4
