INSERT INTO jobs_lease (job, token, nonce, worker, claimed_at, runs, takeovers, policy, gate, lane)
VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)
