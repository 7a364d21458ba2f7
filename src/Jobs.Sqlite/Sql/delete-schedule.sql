-- SEARCH by the primary key; the version is the fence.
DELETE FROM jobs_schedule WHERE id = ?1 AND version = ?2
