-- A skip scan: one seek per lane that has ready jobs, however many jobs it has.
WITH RECURSIVE lanes (lane) AS (
    SELECT min(lane) FROM jobs_ready
    UNION ALL
    SELECT (SELECT min(r.lane) FROM jobs_ready r WHERE r.lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL
)
SELECT lane FROM lanes WHERE lane IS NOT NULL
