-- Fills the buckets of a shared limit: its own and those of all keys, whose ids go on behind it with a line feed, or that of one key.
-- Streams that a rate holds back are looked at by the next claim, which closes again those that are still held back.
CREATE FUNCTION @schema@.refill(p_id text, p_key text) RETURNS integer LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_count integer;
BEGIN
    IF p_key IS NULL THEN
        DELETE FROM @schema@.bucket b
        WHERE b.full_at > v_now AND b.ctid = ANY (ARRAY(
            SELECT q.ctid FROM @schema@.bucket q WHERE q.id = p_id
            UNION ALL SELECT q.ctid FROM @schema@.bucket q WHERE q.id >= p_id || chr(10) AND q.id < p_id || chr(11)));
    ELSE
        DELETE FROM @schema@.bucket b WHERE b.id = p_id || chr(10) || p_key AND b.full_at > v_now;
    END IF;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count > 0 THEN
        UPDATE @schema@.stream s SET wakes_at = v_now
        WHERE s.id = ANY (ARRAY(SELECT q.id FROM @schema@.stream q WHERE q.wakes_at > v_now ORDER BY q.id FOR UPDATE));
    END IF;
    RETURN v_count;
END
$$;
