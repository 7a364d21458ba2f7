INSERT INTO jobs_lane (queue, name) VALUES (?1, ?2) RETURNING lane
