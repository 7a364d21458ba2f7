-- SEARCH by jobs_worker_id, backwards: the last row of this id is the worker's present one.
SELECT worker, state FROM jobs_worker WHERE id = ?1 ORDER BY worker DESC LIMIT 1
