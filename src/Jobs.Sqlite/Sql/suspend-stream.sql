UPDATE jobs_stream SET sleeps_until = ?2, is_open = 0 WHERE stream = ?1
