-- The jobs of one batch of a change. The conditions, the order and the limit are appended.
SELECT j.job
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
