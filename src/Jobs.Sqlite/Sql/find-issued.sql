-- SEARCH by rowid: a job whose id the storage issued.
SELECT l.name
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
WHERE j.job = ?1 AND j.tail = ?2 AND j.explicit_id IS NULL
