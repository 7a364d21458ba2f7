-- SEARCH by rowid.
UPDATE jobs_step SET value = ?2 WHERE step = ?1
