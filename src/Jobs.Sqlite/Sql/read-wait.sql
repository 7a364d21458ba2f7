-- SEARCH by the unique key.
SELECT due_at FROM jobs_step WHERE job = ?1 AND name = ?2 AND kind <> 0 AND value IS NULL AND due_at > ?3
