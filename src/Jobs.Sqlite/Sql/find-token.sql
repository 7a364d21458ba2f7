-- SEARCH by the unique key's first column: a job has few steps.
SELECT step, due_at, value, EXISTS (SELECT 1 FROM jobs_parked p WHERE p.job = ?1 AND p.name = t.name AND p.due_at > ?3) FROM jobs_step t WHERE job = ?1 AND secret = ?2
