INSERT INTO jobs_key (kind, scope, key, job) VALUES (?1, ?2, ?3, ?4)
