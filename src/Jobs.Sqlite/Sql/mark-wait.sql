-- SEARCH by the unique key's first column.
UPDATE jobs_step SET waits = (name = ?2) WHERE job = ?1 AND waits <> (name = ?2) AND kind <> 0
