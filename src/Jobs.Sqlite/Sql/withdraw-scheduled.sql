-- SEARCH by rowid.
DELETE FROM jobs_scheduled WHERE job = ?1 RETURNING due_at, runs, takeovers
