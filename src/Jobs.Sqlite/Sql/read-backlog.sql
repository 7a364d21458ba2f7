-- SCAN of the ready jobs, and SEARCH by jobs_scheduled_due of those that are due and not moved yet: once in a while, not per claim.
SELECT queue, sum(jobs), min(due_at)
FROM (
    SELECT l.queue, count(*) AS jobs, min(r.due_at) AS due_at
    FROM jobs_ready r
    JOIN jobs_lane l ON l.lane = r.lane
    GROUP BY l.queue
    UNION ALL
    SELECT l.queue, count(*), min(s.due_at)
    FROM jobs_scheduled s
    JOIN jobs_job j ON j.job = s.job
    JOIN jobs_lane l ON l.lane = j.lane
    WHERE s.due_at <= ?1
    GROUP BY l.queue
)
GROUP BY queue
ORDER BY queue
