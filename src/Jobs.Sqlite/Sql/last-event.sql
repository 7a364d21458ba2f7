-- One row: the number that AUTOINCREMENT gave last, also when its event is gone.
SELECT seq FROM sqlite_sequence WHERE name = 'jobs_event'
