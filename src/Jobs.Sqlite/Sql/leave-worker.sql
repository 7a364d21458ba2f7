-- SEARCH by rowid.
UPDATE jobs_worker SET state = ?2 WHERE worker = ?1
