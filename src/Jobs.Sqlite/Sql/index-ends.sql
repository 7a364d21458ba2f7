-- Only where the number of finished jobs is bounded: it would cost every completion some percent.
CREATE INDEX IF NOT EXISTS jobs_ended_end ON jobs_ended (ended_at)
