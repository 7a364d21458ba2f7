-- SEARCH by rowid in each of the tables: the numbers of JobStatus; null when it is pending or nowhere.
SELECT coalesce(
    (SELECT status FROM jobs_ended WHERE job = ?1),
    (SELECT 1 FROM jobs_lease WHERE job = ?1),
    (SELECT 2 FROM jobs_waiting WHERE job = ?1 AND dependencies > 0),
    (SELECT 2 FROM jobs_parked WHERE job = ?1 AND due_at > ?2))
