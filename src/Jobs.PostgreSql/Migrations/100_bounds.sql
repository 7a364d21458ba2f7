-- How many finished records of one name are kept. Both functions reach the name's records by its own index, and none of other names; an
-- index by name and end would cost every completion an entry. What they cost is what the name keeps, so callers count seldom (CountPace).

-- The last record of a name that is too many, as find_surplus: completed ones, or those that failed or were cancelled. OFFSET 0 keeps
-- the order of all ends out of the inner statements, which would be walked past every other name.
CREATE FUNCTION @schema@.find_surplus_of(p_name text, p_completed boolean, p_max bigint, OUT ended_at timestamptz, OUT pack bigint, OUT slot integer) LANGUAGE plpgsql STABLE
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_kept bigint := 0;
    r record;
BEGIN
    IF p_max IS NULL THEN
        RETURN;
    END IF;
    FOR r IN
        SELECT f.*
        FROM (
            SELECT q.ended_at, q.pack, q.lo, q.hi FROM @schema@.receipt q WHERE p_completed AND q.name = p_name
            UNION ALL
            SELECT e.ended_at, e.pack, e.slot, e.slot FROM @schema@.ended e WHERE NOT p_completed AND e.name = p_name
            OFFSET 0) f
        ORDER BY f.ended_at DESC, f.pack DESC, f.lo DESC
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

-- Removes a name's records up to that of find_surplus_of. In the order of receipt_name and ended_name, not of the ends: what is too much
-- goes anyway, and mostly stands in front.
CREATE FUNCTION @schema@.remove_surplus_of(p_name text, p_completed boolean, p_ended_at timestamptz, p_pack bigint, p_slot integer, p_batch integer)
RETURNS integer LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET enable_sort = off SET plan_cache_mode = force_generic_plan SET jit = off SET lock_timeout = '200ms' AS
$$
DECLARE
    v_removed integer := 0;
    v_packs bigint[];
    v_slots integer[];
    r record;
BEGIN
    IF p_completed THEN
        FOR r IN
            SELECT q.pack, q.lo, CASE WHEN q.ended_at = p_ended_at AND q.pack = p_pack THEN least(q.hi, p_slot) ELSE q.hi END AS last, q.hi
            FROM @schema@.receipt q
            WHERE q.name = p_name AND (q.ended_at < p_ended_at OR q.ended_at = p_ended_at AND (q.pack, q.lo) <= (p_pack, p_slot))
                AND NOT EXISTS (SELECT FROM @schema@.lease l WHERE l.pack = q.pack AND l.hi = q.hi AND l.detached AND l.token IS NOT DISTINCT FROM q.token)
            ORDER BY q.name, q.pack, q.lo LIMIT p_batch FOR UPDATE OF q SKIP LOCKED
        LOOP
            v_removed := v_removed + @schema@.cut_receipt(r.pack, r.lo, r.hi, least(r.last, r.lo + p_batch - v_removed - 1));
            EXIT WHEN v_removed >= p_batch;
        END LOOP;
        RETURN v_removed;
    END IF;

    SELECT array_agg(e.pack), array_agg(e.slot) INTO v_packs, v_slots
    FROM (
        SELECT q.pack, q.slot FROM @schema@.ended q
        WHERE q.name = p_name AND (q.ended_at < p_ended_at OR q.ended_at = p_ended_at AND (q.pack, q.slot) <= (p_pack, p_slot))
        ORDER BY q.name, q.status, q.pack, q.slot LIMIT p_batch FOR UPDATE SKIP LOCKED) e;
    RETURN CASE WHEN v_packs IS NULL THEN 0 ELSE @schema@.remove_ended(v_packs, v_slots) END;
END
$$;
