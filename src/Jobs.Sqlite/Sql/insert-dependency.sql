INSERT OR IGNORE INTO jobs_dependency (parent, child) VALUES (?1, ?2)
