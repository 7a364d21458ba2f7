-- The lane of what is held and of what has ended, so that the finished records of a name can be counted without a look at their jobs.
-- The index for it is made where such a bound is set (index-lanes).
ALTER TABLE jobs_lease ADD COLUMN lane INTEGER;
ALTER TABLE jobs_ended ADD COLUMN lane INTEGER;
UPDATE jobs_lease SET lane = (SELECT j.lane FROM jobs_job j WHERE j.job = jobs_lease.job);
UPDATE jobs_ended SET lane = (SELECT j.lane FROM jobs_job j WHERE j.job = jobs_ended.job);
