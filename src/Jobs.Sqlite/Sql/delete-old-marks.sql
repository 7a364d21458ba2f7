-- Of blocks before the first job. SEARCH by jobs_mark_block, a few blocks at a time.
DELETE FROM jobs_mark
WHERE block IN (SELECT DISTINCT block FROM jobs_mark WHERE block < coalesce((SELECT min(job) FROM jobs_job), ?1) >> 10 ORDER BY block LIMIT 16)
