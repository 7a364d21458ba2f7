INSERT OR IGNORE INTO jobs_mark (kind, value, block) VALUES (?1, ?2, ?3)
