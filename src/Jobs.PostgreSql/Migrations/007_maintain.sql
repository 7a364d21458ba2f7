-- When the server came up: nobody could report before. A function, so that tests can tell of an outage.
CREATE FUNCTION @schema@.server_started() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT pg_postmaster_start_time() $$;

-- Declares workers dead whose lease has run out. p_reachable_for: for how long the caller has been reaching the server without a
-- break, in milliseconds; null when it never noticed one. Nobody could report in a break, so leases begin anew after it.
CREATE FUNCTION @schema@.declare_dead(p_reachable_for bigint) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_back timestamptz := greatest((SELECT @schema@.server_started()), v_now - p_reachable_for * interval '1 millisecond');
BEGIN
    UPDATE @schema@.worker w SET dead_at = v_now
    WHERE w.id = ANY (ARRAY(
            SELECT q.id FROM @schema@.worker q
            WHERE q.dead_at IS NULL AND greatest(q.seen_at, v_back) + q.lease * interval '1 millisecond' < v_now
            FOR UPDATE SKIP LOCKED))
        AND w.dead_at IS NULL AND greatest(w.seen_at, v_back) + w.lease * interval '1 millisecond' < v_now;

    DELETE FROM @schema@.worker w
    WHERE w.dead_at < v_now - interval '1 day' AND NOT EXISTS (SELECT FROM @schema@.lease l WHERE l.worker = w.id);

    DELETE FROM @schema@.bucket b WHERE b.ctid = ANY (ARRAY(SELECT q.ctid FROM @schema@.bucket q WHERE q.full_at < v_now LIMIT 10000 FOR UPDATE SKIP LOCKED));

    DELETE FROM @schema@.fence f
    WHERE f.ctid = ANY (ARRAY(
        SELECT q.ctid FROM @schema@.fence q
        WHERE q.at < v_now - interval '1 day'
            AND NOT EXISTS (SELECT FROM @schema@.lease l WHERE l.pack = q.pack AND l.hi = q.slot AND l.token IS NOT DISTINCT FROM q.token)
        ORDER BY q.at LIMIT 10000 FOR UPDATE OF q SKIP LOCKED));
END
$$;

-- Gives back the jobs of dead workers. A lease that is locked is somebody else's at the moment. Answers the jobs taken over and
-- those that had been too often.
CREATE FUNCTION @schema@.take_over(p_max_takeovers integer, p_batch integer, OUT taken_over integer, OUT stalled integer) LANGUAGE plpgsql AS
$$
DECLARE
    v_room integer := p_batch;
    v_hi integer;
    v_flagged integer;
    v_stalled integer;
    l record;
BEGIN
    taken_over := 0;
    stalled := 0;
    FOR l IN
        SELECT q.pack, q.hi, q.lo, q.token, q.nonce, q.takeovers, q.detached FROM @schema@.lease q
        WHERE NOT EXISTS (SELECT FROM @schema@.worker w WHERE w.id = q.worker AND w.dead_at IS NULL AND w.started_at <= q.claimed_at)
        ORDER BY q.token, q.pack, q.hi LIMIT p_batch
    LOOP
        CONTINUE WHEN NOT pg_try_advisory_xact_lock(@schema@.lease_lock(l.token));
        v_hi := least(l.hi, l.lo + v_room - 1);

        -- Under the lock nobody flags another one, and those that are flagged are cancelled however often they were taken over.
        SELECT count(*) INTO v_flagged FROM @schema@.cancel_request c WHERE c.pack = l.pack AND c.slot BETWEEN l.lo AND v_hi;
        BEGIN
            PERFORM @schema@.settle_ranges(7::smallint, ARRAY[l.token], ARRAY[l.nonce], ARRAY[l.pack], ARRAY[l.lo], ARRAY[v_hi], p_max_takeovers);
        EXCEPTION WHEN lock_not_available THEN
            -- A handler's transaction that completes the job is still open; it decides.
            CONTINUE;
        END;
        v_room := v_room - (v_hi - l.lo + 1);
        v_stalled := CASE WHEN l.takeovers >= p_max_takeovers THEN v_hi - l.lo + 1 - v_flagged ELSE 0 END;
        stalled := stalled + v_stalled;
        taken_over := taken_over + v_hi - l.lo + 1 - v_stalled;
        EXIT WHEN v_room <= 0;
    END LOOP;
END
$$;

-- Fails jobs that have been due for a while and whose name no live worker knows. Some worker must have lived as long: after a
-- night without any, or a restart of them all, jobs wait for the workers that know them instead of failing before those are up.
-- For the same reason a name that was known until a moment ago is still known: its worker may be restarting.
CREATE FUNCTION @schema@.fail_orphans(p_grace bigint, p_batch integer) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_since timestamptz := v_now - p_grace * interval '1 millisecond';
    v_places tid[];
    v_room integer := p_batch;
    v_hi integer;
    v_packs bigint[];
    v_slots integer[];
    r @schema@.ready;
BEGIN
    IF NOT EXISTS (SELECT FROM @schema@.worker w WHERE w.dead_at IS NULL AND w.started_at <= v_since) THEN
        RETURN 0;
    END IF;

    WITH RECURSIVE lane AS (
        (SELECT f.name, f.queue FROM @schema@.ready f ORDER BY f.name, f.queue, f.rank, f.due_at, f.pack, f.hi LIMIT 1)
        UNION ALL
        SELECT f.name, f.queue FROM lane l CROSS JOIN LATERAL (
            SELECT q.name, q.queue FROM @schema@.ready q WHERE (q.name, q.queue) > (l.name, l.queue)
            ORDER BY q.name, q.queue, q.rank, q.due_at, q.pack, q.hi LIMIT 1) f),
    orphan AS MATERIALIZED (
        SELECT l.name, l.queue FROM lane l
        WHERE NOT EXISTS (SELECT FROM @schema@.worker w WHERE (w.dead_at IS NULL OR w.seen_at > v_since) AND l.name = ANY (w.names)))
    SELECT array_agg(f.place) INTO v_places
    FROM orphan l CROSS JOIN LATERAL (
        SELECT q.ctid AS place FROM @schema@.ready q
        WHERE q.name = l.name AND q.queue = l.queue AND q.due_at <= v_since
        ORDER BY q.name, q.queue, q.rank, q.due_at, q.pack, q.hi LIMIT p_batch FOR UPDATE SKIP LOCKED) f;

    FOR r IN SELECT q.* FROM @schema@.ready q WHERE q.ctid = ANY (v_places) LOOP
        EXIT WHEN v_room <= 0;
        v_hi := least(r.hi, r.lo + v_room - 1);
        IF v_hi = r.hi THEN
            DELETE FROM @schema@.ready q WHERE q.pack = r.pack AND q.hi = r.hi;
        ELSE
            UPDATE @schema@.ready q SET lo = v_hi + 1 WHERE q.pack = r.pack AND q.hi = r.hi;
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a ready range changed under its lock' USING ERRCODE = 'serialization_failure';
        END IF;
        INSERT INTO @schema@.ended (pack, slot, status, attempt, reason, error, ended_at, expires_at)
        SELECT r.pack, s, 4, r.attempt, 3, format('No live worker knows a job ''%s''.', r.name), v_now,
            v_now + coalesce(j.keep_failed, 1209600000) * interval '1 millisecond'
        FROM generate_series(r.lo, v_hi) s JOIN @schema@.job j ON j.pack = r.pack AND j.slot = s;
        SELECT array_agg(j.pack), array_agg(j.slot) INTO v_packs, v_slots
        FROM @schema@.job j WHERE j.pack = r.pack AND j.slot BETWEEN r.lo AND v_hi AND j.keep_failed = 0;
        IF v_packs IS NOT NULL THEN
            PERFORM @schema@.remove_ended(v_packs, v_slots);
        END IF;
        v_room := v_room - (v_hi - r.lo + 1);
    END LOOP;
    RETURN p_batch - v_room + @schema@.fail_gated_orphans(v_since, greatest(v_room, 1));
END
$$;

-- Removes the front of a receipt, up to a slot, and its jobs. The caller has locked the receipt.
CREATE FUNCTION @schema@.cut_receipt(p_pack bigint, p_lo integer, p_hi integer, p_to integer) RETURNS integer LANGUAGE plpgsql AS
$$
BEGIN
    IF p_to = p_hi THEN
        DELETE FROM @schema@.receipt q WHERE q.pack = p_pack AND q.lo = p_lo;
    ELSE
        UPDATE @schema@.receipt q SET lo = p_to + 1 WHERE q.pack = p_pack AND q.lo = p_lo;
    END IF;
    RETURN @schema@.remove_jobs(ARRAY[p_pack], ARRAY[p_lo], ARRAY[p_to]);
END
$$;

-- Removes records whose time is up: receipts first, from the front, then what failed or was cancelled. A receipt that was written in a
-- handler's transaction stays until its lease is gone: the end of the job is not done with before (finalize).
CREATE FUNCTION @schema@.remove_expired(p_batch integer) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_removed integer := 0;
    v_packs bigint[];
    v_slots integer[];
    r record;
BEGIN
    FOR r IN
        SELECT q.pack, q.lo, q.hi FROM @schema@.receipt q
        WHERE q.expires_at <= v_now
            AND NOT EXISTS (SELECT FROM @schema@.lease l WHERE l.pack = q.pack AND l.hi = q.hi AND l.detached AND l.token IS NOT DISTINCT FROM q.token)
        ORDER BY q.expires_at LIMIT p_batch FOR UPDATE OF q SKIP LOCKED
    LOOP
        v_removed := v_removed + @schema@.cut_receipt(r.pack, r.lo, r.hi, least(r.hi, r.lo + p_batch - v_removed - 1));
        EXIT WHEN v_removed >= p_batch;
    END LOOP;

    SELECT array_agg(e.pack), array_agg(e.slot) INTO v_packs, v_slots
    FROM (
        SELECT q.pack, q.slot FROM @schema@.ended q
        WHERE q.expires_at <= v_now ORDER BY q.expires_at LIMIT greatest(p_batch - v_removed, 0) FOR UPDATE SKIP LOCKED) e;
    IF v_packs IS NOT NULL THEN
        v_removed := v_removed + @schema@.remove_ended(v_packs, v_slots);
    END IF;
    RETURN v_removed;
END
$$;

CREATE FUNCTION @schema@.maintain(p_max_takeovers integer, p_grace bigint, p_batch integer, p_reachable_for bigint)
RETURNS TABLE (moved integer, taken_over integer, stalled integer, orphaned integer, removed integer) LANGUAGE plpgsql AS
$$
BEGIN
    IF EXISTS (SELECT FROM @schema@.waiting w WHERE NOT w.settled) THEN
        PERFORM @schema@.check_waiting(NULL, NULL);
    END IF;
    moved := @schema@.move_due(p_batch, NULL);
    PERFORM @schema@.declare_dead(p_reachable_for);
    SELECT t.taken_over, t.stalled INTO taken_over, stalled FROM @schema@.take_over(p_max_takeovers, p_batch) t;
    orphaned := @schema@.fail_orphans(p_grace, p_batch);
    removed := @schema@.remove_expired(p_batch);
    RETURN NEXT;
END
$$;
