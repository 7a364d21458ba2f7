-- SEARCH by rowid. What is null stays; ?6 says whether the tags change, because null takes them away.
UPDATE jobs_job
SET payload = coalesce(?2, payload), run_at = coalesce(?3, run_at), priority = coalesce(?4, priority), tags = CASE WHEN ?6 THEN ?5 ELSE tags END
WHERE job = ?1
