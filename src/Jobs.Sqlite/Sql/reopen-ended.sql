-- SEARCH by rowid. A job that completed stays where it is.
DELETE FROM jobs_ended WHERE job = ?1 AND status <> 3 RETURNING status, ended_at, runs, cancel_at, reason, error
