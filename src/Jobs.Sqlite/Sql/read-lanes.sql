-- Lanes only ever grow: what is known already is not read again.
SELECT lane, queue, name FROM jobs_lane WHERE lane > ?1
