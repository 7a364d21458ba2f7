-- Buckets are as many as limits, or keys with limits.
DELETE FROM jobs_bucket WHERE full_at <= ?1
