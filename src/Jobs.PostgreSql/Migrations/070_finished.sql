-- The finished side: lists that start from what is rare, and a bound on how many records are kept. Completed jobs are ranges, so each
-- of these indexes costs one entry per range, and none while jobs are enqueued, claimed and retried.

-- Fills in what lists of failed and cancelled jobs start from, whoever ended them.
CREATE FUNCTION @schema@.describe_ended() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
BEGIN
    SELECT j.name, j.queue, ~j.priority INTO NEW.name, NEW.queue, NEW.rank FROM @schema@.job j WHERE j.pack = NEW.pack AND j.slot = NEW.slot;
    RETURN NEW;
END
$$;

CREATE TRIGGER describe_ended BEFORE INSERT ON @schema@.ended FOR EACH ROW EXECUTE FUNCTION @schema@.describe_ended();

-- The newest pack that was stored before a time, by bisection of the primary key: packs are numbered as they are stored, so no index of
-- times is kept. Concurrent callers may be numbered and stamped crosswise; whoever asks leaves a margin.
CREATE FUNCTION @schema@.last_pack_before(p_time timestamptz) RETURNS bigint LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_low bigint := (SELECT j.pack - 1 FROM @schema@.job j ORDER BY j.pack LIMIT 1);
    v_high bigint := (SELECT j.pack FROM @schema@.job j ORDER BY j.pack DESC LIMIT 1);
    v_middle bigint;
    r record;
BEGIN
    WHILE v_low < v_high LOOP
        v_middle := v_low + (v_high - v_low + 1) / 2;
        SELECT j.pack, j.created_at INTO r FROM @schema@.job j WHERE j.pack BETWEEN v_middle AND v_high ORDER BY j.pack, j.slot LIMIT 1;
        IF r.pack IS NULL OR r.created_at >= p_time THEN
            v_high := v_middle - 1;
        ELSE
            v_low := r.pack;
        END IF;
    END LOOP;
    RETURN v_low;
END
$$;

-- The last record that is too many when only so many finished ones are kept: by the time of their end, then by their place. Walks the
-- two indexes from the newest end, and no further than to that record; nothing when all may stay.
CREATE FUNCTION @schema@.find_surplus(p_max bigint, OUT ended_at timestamptz, OUT pack bigint, OUT slot integer) LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_kept bigint := 0;
    r record;
BEGIN
    FOR r IN
        SELECT q.ended_at, q.pack, q.lo, q.hi FROM @schema@.receipt q
        UNION ALL
        SELECT e.ended_at, e.pack, e.slot, e.slot FROM @schema@.ended e
        ORDER BY 1 DESC, 2 DESC, 3 DESC
    LOOP
        IF v_kept + r.hi - r.lo + 1 > p_max THEN
            ended_at := r.ended_at;
            pack := r.pack;
            slot := r.hi - (p_max - v_kept)::integer;
            RETURN;
        END IF;
        v_kept := v_kept + r.hi - r.lo + 1;
    END LOOP;
END
$$;

-- Removes finished records up to that of find_surplus, the oldest first.
CREATE FUNCTION @schema@.remove_surplus(p_ended_at timestamptz, p_pack bigint, p_slot integer, p_batch integer) RETURNS integer LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off SET lock_timeout = '200ms' AS
$$
DECLARE
    v_removed integer := 0;
    v_packs bigint[];
    v_slots integer[];
    r record;
BEGIN
    FOR r IN
        SELECT q.pack, q.lo, CASE WHEN q.ended_at = p_ended_at AND q.pack = p_pack THEN least(q.hi, p_slot) ELSE q.hi END AS last, q.hi
        FROM @schema@.receipt q
        WHERE (q.ended_at, q.pack, q.lo) <= (p_ended_at, p_pack, p_slot)
            AND NOT EXISTS (SELECT FROM @schema@.lease l WHERE l.pack = q.pack AND l.hi = q.hi AND l.detached AND l.token IS NOT DISTINCT FROM q.token)
        ORDER BY q.ended_at, q.pack, q.lo LIMIT p_batch FOR UPDATE OF q SKIP LOCKED
    LOOP
        v_removed := v_removed + @schema@.cut_receipt(r.pack, r.lo, r.hi, least(r.last, r.lo + p_batch - v_removed - 1));
        EXIT WHEN v_removed >= p_batch;
    END LOOP;

    SELECT array_agg(e.pack), array_agg(e.slot) INTO v_packs, v_slots
    FROM (
        SELECT q.pack, q.slot FROM @schema@.ended q
        WHERE (q.ended_at, q.pack, q.slot) <= (p_ended_at, p_pack, p_slot)
        ORDER BY q.ended_at, q.pack, q.slot LIMIT greatest(p_batch - v_removed, 0) FOR UPDATE SKIP LOCKED) e;
    IF v_packs IS NOT NULL THEN
        v_removed := v_removed + @schema@.remove_ended(v_packs, v_slots);
    END IF;
    RETURN v_removed;
END
$$;
