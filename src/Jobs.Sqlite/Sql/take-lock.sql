-- Changes nothing. As the first statement of a deferred transaction it takes the write lock, and waits for it: after a read SQLite
-- would not wait, because two such transactions would wait for each other.
UPDATE jobs_meta SET value = value WHERE key = ''
