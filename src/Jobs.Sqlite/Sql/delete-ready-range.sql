-- SEARCH by primary key.
DELETE FROM jobs_ready WHERE lane = ?1 AND rank = ?2 AND job BETWEEN ?3 AND ?4
