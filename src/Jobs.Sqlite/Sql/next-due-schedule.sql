-- The first entry of jobs_schedule_due behind the given time.
SELECT min(due_at) FROM jobs_schedule WHERE due_at > ?1
