-- SCAN of what has ended, each with its job by rowid.
SELECT l.name, e.status, e.ended_at, e.started_at, e.runs, coalesce(j.run_at, j.created_at)
FROM jobs_ended e
JOIN jobs_job j ON j.job = e.job
JOIN jobs_lane l ON l.lane = j.lane
