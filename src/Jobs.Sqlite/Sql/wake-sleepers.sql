-- The next claim looks at all streams that a rate holds back; those that are still held back it suspends again.
UPDATE jobs_stream SET sleeps_until = ?1 WHERE sleeps_until > ?1
