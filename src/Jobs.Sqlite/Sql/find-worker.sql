-- SEARCH by the unique index (id).
SELECT worker, state FROM jobs_worker WHERE id = ?1
