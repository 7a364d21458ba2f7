-- SEARCH by the unique key.
DELETE FROM jobs_gated WHERE job = ?1 RETURNING due_at, runs, takeovers, stream
