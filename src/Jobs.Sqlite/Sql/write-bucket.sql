INSERT INTO jobs_bucket (id, full_at) VALUES (?1, ?2) ON CONFLICT (id) DO UPDATE SET full_at = excluded.full_at
