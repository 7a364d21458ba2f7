-- The first entry of jobs_scheduled_due.
SELECT min(due_at) FROM jobs_scheduled
