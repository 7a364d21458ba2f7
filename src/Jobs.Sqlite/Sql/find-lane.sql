-- SEARCH by the unique index (queue, name).
SELECT lane FROM jobs_lane WHERE queue = ?1 AND name = ?2
