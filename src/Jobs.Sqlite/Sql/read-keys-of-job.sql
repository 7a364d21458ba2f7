-- SEARCH by rowid.
SELECT j.explicit_id, j.idempotency_key, l.name
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
WHERE j.job = ?1 AND (j.explicit_id IS NOT NULL OR j.idempotency_key IS NOT NULL)
