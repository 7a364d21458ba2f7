-- SEARCH by primary key, then the job by rowid.
SELECT k.job, j.tail, j.explicit_id, l.name, k.until
FROM jobs_key k
JOIN jobs_job j ON j.job = k.job
JOIN jobs_lane l ON l.lane = j.lane
WHERE k.kind = ?1 AND k.scope = ?2 AND k.key = ?3
