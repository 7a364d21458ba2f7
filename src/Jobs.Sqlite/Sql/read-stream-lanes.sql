-- A skip scan over the lanes that have streams.
WITH RECURSIVE lanes (lane) AS (
    SELECT min(lane) FROM jobs_stream
    UNION ALL
    SELECT (SELECT min(s.lane) FROM jobs_stream s WHERE s.lane > lanes.lane) FROM lanes WHERE lanes.lane IS NOT NULL
)
SELECT lane FROM lanes WHERE lane IS NOT NULL
