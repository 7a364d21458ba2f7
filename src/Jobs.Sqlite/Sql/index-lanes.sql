-- Only where the number of finished jobs of a name is bounded: it would cost every completion some percent.
CREATE INDEX IF NOT EXISTS jobs_ended_lane ON jobs_ended (lane, status = 3, ended_at)
