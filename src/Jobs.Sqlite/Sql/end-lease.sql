-- The fence, checked by the statement that writes. SEARCH by rowid.
DELETE FROM jobs_lease
WHERE job = ?1 AND token = ?2 AND nonce = ?3
RETURNING worker, claimed_at, runs, takeovers, policy, cancel_at, gate, lane
