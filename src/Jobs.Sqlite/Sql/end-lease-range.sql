-- The same rows as those of complete-lease-range. SEARCH by rowid.
DELETE FROM jobs_lease
WHERE job BETWEEN ?1 AND ?2 AND token = job + ?3 AND nonce = ?4 AND cancel_at IS NULL AND gate IS NULL
