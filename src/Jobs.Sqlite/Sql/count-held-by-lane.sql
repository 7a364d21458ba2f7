-- SCAN of the leases, no more than workers have slots.
SELECT j.lane, count(*) FROM jobs_lease h JOIN jobs_job j ON j.job = h.job GROUP BY j.lane
