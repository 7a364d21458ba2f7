-- SCAN of four rows: the counters of this transaction.
SELECT key, value FROM jobs_meta
