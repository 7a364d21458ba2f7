-- SEARCH by jobs_run_job, in the order of the runs.
SELECT x.number, x.kind, w.id, x.started_at, x.ended_at, x.reason, x.error_type, x.error, x.stack_trace
FROM jobs_run x
LEFT JOIN jobs_worker w ON w.worker = x.worker
WHERE x.job = ?1
ORDER BY x.run
