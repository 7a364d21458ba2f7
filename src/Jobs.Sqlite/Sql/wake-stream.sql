UPDATE jobs_stream SET sleeps_until = NULL WHERE stream = ?1
