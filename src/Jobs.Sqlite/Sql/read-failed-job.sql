-- SEARCH by rowid, and by jobs_run_job for the error of the last run: what a dead letter tells.
SELECT l.name, l.queue, j.tail, j.explicit_id, j.created_at, j.payload, j.submitter, j.tags, j.metadata, j.traceparent, x.error_type, x.stack_trace, x.reason
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
LEFT JOIN jobs_run x ON x.run = (SELECT y.run FROM jobs_run y WHERE y.job = j.job ORDER BY y.run DESC LIMIT 1)
WHERE j.job = ?1
