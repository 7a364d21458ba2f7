SELECT full_at FROM jobs_bucket WHERE id = ?1
