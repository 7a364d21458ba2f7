-- Steps and waits. A job that came to a wait is scheduled for the wait's end, and its wait is marked (settle, kind 9). Nothing that moves
-- scheduled jobs knows of it: a job that is due earlier or elsewhere just does not wait, and comes to its wait again.

-- The lock under which a job's answers and its coming to a wait take turns. It is taken after locks of leases, and before any row.
CREATE FUNCTION @schema@.wait_lock(pack bigint, slot integer) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended('@name@.wait.' || pack::text, slot) $$;

-- Stores steps and waits, each only while its lease holds; a name that is there stays as it is. Answers the indexes of those that were
-- refused, from 1.
CREATE FUNCTION @schema@.write_steps(
    p_packs bigint[], p_slots integer[], p_tokens bigint[], p_nonces bigint[], p_names text[], p_kinds smallint[], p_values bytea[],
    p_delays bigint[], p_secrets uuid[])
RETURNS SETOF integer LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_now timestamptz;
    v_held integer[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(@schema@.lease_lock(s.t)) FROM (SELECT DISTINCT t FROM unnest(p_tokens) t ORDER BY t) s;
    v_now := (SELECT @schema@.clock());
    v_held := ARRAY(
        SELECT r.n FROM unnest(p_packs, p_slots, p_tokens, p_nonces) WITH ORDINALITY r(pack, slot, token, nonce, n)
        CROSS JOIN LATERAL (SELECT l.* FROM @schema@.lease l WHERE l.pack = r.pack AND l.hi >= r.slot ORDER BY l.hi LIMIT 1) l
        WHERE l.lo <= r.slot AND l.token = r.token AND l.nonce = r.nonce);
    INSERT INTO @schema@.step (pack, slot, name, kind, stored_at, due_at, secret, value)
    SELECT p_packs[n], p_slots[n], p_names[n], p_kinds[n], v_now,
        CASE WHEN p_kinds[n] <> 0 THEN least(timestamptz '9999-12-31 00:00:00+00', v_now + p_delays[n] * interval '1 millisecond') END,
        p_secrets[n], p_values[n]
    FROM unnest(v_held) n
    ON CONFLICT (pack, slot, name) DO NOTHING;
    RETURN QUERY SELECT n FROM generate_series(1, cardinality(p_packs)) n WHERE n <> ALL (v_held);
END
$$;

-- Stores the answer to a wait, and makes its job due when that waits for it: 0 no such wait, 1 stored or known, 2 another answer was
-- first, 3 too late.
--
-- The job is taken out of its place before the answer is written, in the order of whoever removes it. Looking whether it waits, and
-- finding nothing to take out, means that somebody is moving it at this moment: who commits first is waited for, and the look repeated.
CREATE FUNCTION @schema@.complete_wait(p_pack bigint, p_slot integer, p_secret uuid, p_value bytea) RETURNS integer LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_now timestamptz;
    v_wait @schema@.step;
    v_runs @schema@.pending_run[];
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.wait_lock(p_pack, p_slot));
    v_now := (SELECT @schema@.clock());
    SELECT t.* INTO v_wait FROM @schema@.step t WHERE t.pack = p_pack AND t.slot = p_slot AND t.secret = p_secret;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    IF v_wait.value IS NOT NULL THEN
        RETURN CASE WHEN v_wait.value = p_value THEN 1 ELSE 2 END;
    END IF;
    IF v_wait.due_at <= v_now OR @schema@.has_ended(p_pack, p_slot) THEN
        RETURN 3;
    END IF;

    WHILE v_runs IS NULL AND v_wait.waits AND EXISTS (
        SELECT FROM @schema@.scheduled s WHERE s.pack = p_pack AND s.hi = p_slot AND s.due_at = v_wait.due_at)
    LOOP
        SELECT array_agg(ROW(w.pack, w.lo, w.hi, v_now, w.attempt, w.takeovers)::@schema@.pending_run) INTO v_runs
        FROM @schema@.withdraw(ARRAY[p_pack], ARRAY[p_slot], ARRAY[p_slot], NULL, 0) w;
    END LOOP;

    UPDATE @schema@.step t SET value = p_value WHERE t.pack = p_pack AND t.slot = p_slot AND t.name = v_wait.name;
    IF NOT FOUND THEN
        RETURN 0;
    END IF;
    IF v_runs IS NOT NULL THEN
        PERFORM @schema@.note_change(v_runs, v_now, NULL);
        PERFORM @schema@.make_pending(v_runs, v_now);
    END IF;
    RETURN 1;
END
$$;
