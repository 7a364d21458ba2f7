-- SEARCH by rowid.
DELETE FROM jobs_waiting WHERE job = ?1 RETURNING runs, due_at, takeovers
