-- The joins that no condition names are left out by the planner (left joins on a unique key). The conditions are appended.
SELECT count(*)
FROM jobs_job j
JOIN jobs_lane l ON l.lane = j.lane
