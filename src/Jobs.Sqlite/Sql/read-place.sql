-- SEARCH by rowid: what is needed to put a job back.
SELECT lane, priority, concurrency_key, key_concurrency, ordering_key, fairness_key, lifo FROM jobs_job WHERE job = ?1
