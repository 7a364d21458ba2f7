-- SCAN of the jobs that have not ended.
SELECT l.name, o.status, count(*)
FROM (
    SELECT job, 0 AS status FROM jobs_ready
    UNION ALL SELECT job, CASE WHEN job IN (SELECT p.job FROM jobs_parked p WHERE p.due_at > ?1) THEN 2 ELSE 0 END FROM jobs_scheduled
    UNION ALL SELECT job, 0 FROM jobs_gated
    UNION ALL SELECT job, CASE WHEN dependencies > 0 THEN 2 ELSE 0 END FROM jobs_waiting
    UNION ALL SELECT job, 1 FROM jobs_lease) o
JOIN jobs_job j ON j.job = o.job
JOIN jobs_lane l ON l.lane = j.lane
GROUP BY l.name, o.status
