-- SEARCH by rowid.
DELETE FROM jobs_waiting WHERE job = ?1 RETURNING due_at, runs, takeovers
