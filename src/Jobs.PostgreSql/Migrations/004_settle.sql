-- How runs end. A run is a contiguous piece of what one lease row holds; its kind is the outcome's: 0 completed, 1 retry,
-- 2 failed, 3 cancelled, 4 snoozed, 5 released, 6 detached (stays held, on its own), 7 taken over, 8 given back, 9 waiting (its
-- error_type is the name of the wait).
CREATE TYPE @schema@.settling AS (
    ord integer, kind smallint, lo integer, hi integer, result bytea, delay bigint,
    reason smallint, error_type text, error text, stack_trace text,
    flagged_at timestamptz, place tid, held @schema@.lease);

-- Deletes a lease whose job was completed in a transaction of its handler, and does what that transaction left undone: it must not
-- read or delete what others may insert beside. The receipt is there until then, whatever its time (remove_expired).
CREATE FUNCTION @schema@.finalize(p_pack bigint, p_slot integer, p_token bigint, p_nonce bigint) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_held @schema@.lease;
    r @schema@.receipt;
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.lease_lock(p_token));
    DELETE FROM @schema@.lease l
    WHERE l.pack = p_pack AND l.hi = p_slot AND l.detached AND l.token IS NOT DISTINCT FROM p_token AND l.nonce = p_nonce
    RETURNING l.* INTO v_held;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    IF v_held.gate <> '' THEN
        INSERT INTO @schema@.gate_freed (gate) VALUES (v_held.gate);
    END IF;
    IF EXISTS (SELECT FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot AND j.policy LIKE '%callback=%') THEN
        SELECT * INTO r FROM @schema@.receipt q WHERE q.pack = p_pack AND q.lo = p_slot;
        PERFORM @schema@.store_callback(p_pack, p_slot, 'Completed', r.attempt, 0, NULL, r.ended_at, @schema@.result_of(r.results, 0, 1));
    END IF;
    PERFORM @schema@.links_ended(ARRAY[p_pack], ARRAY[p_slot], ARRAY[p_slot], true);
    -- Asked for when the completion was not committed yet: the completion came first.
    DELETE FROM @schema@.cancel_request c WHERE c.pack = p_pack AND c.slot = p_slot;
    IF v_held.keep = 0 THEN
        DELETE FROM @schema@.receipt q WHERE q.pack = p_pack AND q.lo = p_slot;
        PERFORM @schema@.remove_jobs(ARRAY[p_pack], ARRAY[p_slot], ARRAY[p_slot]);
    END IF;
END
$$;

-- Ends a detached job otherwise than by the transaction of its handler: false when that was first. It is waited for a moment,
-- not for as long as a handler that is deaf to its token keeps it open: lock_not_available then.
CREATE FUNCTION @schema@.win_fence(p_pack bigint, p_slot integer, p_token bigint, p_nonce bigint, p_now timestamptz) RETURNS boolean
LANGUAGE plpgsql SET lock_timeout = '200ms' AS
$$
BEGIN
    INSERT INTO @schema@.fence (pack, slot, token, nonce, completed, at)
    VALUES (p_pack, p_slot, p_token, p_nonce, false, p_now)
    ON CONFLICT DO NOTHING;
    RETURN FOUND;
END
$$;

-- Ends runs, each only while its slots are held under its token and nonce. Answers a row for each run that was accepted:
-- 1 stored, 2 cancelled because that had been asked for, 3 not done because only some of its slots are to be cancelled.
--
-- The advisory lock of the token makes completion, takeover, retirement and detaching of one lease take turns, and each
-- statement after it sees what the one before committed (READ COMMITTED). Rows are found through lease's primary key
-- (LATERAL … LIMIT 1) and deleted by ctid, or by it as a whole (see lease_worker), which leaves the planner no choice to get wrong.
CREATE FUNCTION @schema@.settle(
    p_tokens bigint[], p_nonces bigint[], p_packs bigint[], p_los integer[], p_his integer[], p_kinds smallint[],
    p_results bytea[], p_delays bigint[], p_reasons smallint[], p_error_types text[], p_errors text[], p_stacks text[],
    p_max_takeovers integer)
RETURNS TABLE (ord integer, disposition smallint) LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz;
    v_all @schema@.settling[];
    v_split integer[] := '{}';
    v_places tid[];
    v_detached boolean;
    v_partial boolean;
    v_gated boolean;
    v_unkept boolean;
    v_otherwise boolean;
    v_cancels boolean;
    v_callbacks boolean;
    v_links boolean;
    v_held @schema@.lease;
    v_whole boolean := false;
    v_deleted integer;
    v_packs bigint[];
    v_los integer[];
    v_his integer[];
    d record;
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.lease_lock(s.t)) FROM (SELECT DISTINCT t FROM unnest(p_tokens) t ORDER BY t) s;

    -- An answer that comes at this moment is stored before or after: it finds the job waiting, or the job finds it.
    IF 9 = ANY (p_kinds) THEN
        PERFORM pg_advisory_xact_lock(@schema@.wait_lock(w.pack, w.slot)) FROM (
            SELECT DISTINCT u.pack, u.slot FROM unnest(p_packs, p_los, p_kinds) u(pack, slot, kind) WHERE u.kind = 9 ORDER BY u.pack, u.slot) w;
    END IF;

    -- Mostly one lease is completed as a whole, or one job of one.
    IF cardinality(p_tokens) = 1 AND p_kinds[1] = 0 AND NOT EXISTS (SELECT FROM @schema@.cancel_request) THEN
        DELETE FROM @schema@.lease l
        WHERE l.pack = p_packs[1] AND l.hi = p_his[1] AND l.lo = p_los[1] AND l.token IS NOT DISTINCT FROM p_tokens[1] AND l.nonce = p_nonces[1]
            AND NOT l.detached AND coalesce(l.gate, '') = '' AND l.keep IS DISTINCT FROM 0
        RETURNING l.* INTO v_held;
        v_whole := FOUND;
    END IF;

    IF v_whole THEN
        v_now := (SELECT @schema@.clock());
        v_all := ARRAY[ROW(1, 0, p_los[1], p_his[1], p_results[1], 0, 0, NULL, NULL, NULL, NULL, NULL, v_held)::@schema@.settling];
    ELSE
        -- With the runs, what they give occasion to; each statement below that most calls have no use for runs only when it may have one.
        SELECT array_agg(ROW(r.n, r.kind, r.lo, r.hi, r.result, r.delay, r.reason, r.error_type, r.error, r.stack_trace,
                NULL, l.place, l.held)::@schema@.settling),
            array_agg(DISTINCT l.place),
            bool_or((l.held).detached),
            bool_or(r.kind = 6 OR r.lo > (l.held).lo OR r.hi < (l.held).hi),
            bool_or((l.held).gate <> ''),
            bool_or((l.held).keep = 0),
            bool_or(r.kind NOT IN (0, 6)),
            EXISTS (SELECT FROM @schema@.cancel_request),
            (SELECT @schema@.clock())
        INTO v_all, v_places, v_detached, v_partial, v_gated, v_unkept, v_otherwise, v_cancels, v_now
        FROM unnest(p_tokens, p_nonces, p_packs, p_los, p_his, p_kinds, p_results, p_delays, p_reasons, p_error_types, p_errors, p_stacks)
            WITH ORDINALITY r(token, nonce, pack, lo, hi, kind, result, delay, reason, error_type, error, stack_trace, n)
        CROSS JOIN LATERAL (
            SELECT l.ctid AS place, l AS held FROM @schema@.lease l
            WHERE l.pack = r.pack AND l.hi >= r.hi ORDER BY l.hi LIMIT 1) l
        WHERE (l.held).lo <= r.lo AND (l.held).token = r.token AND (l.held).nonce = r.nonce;

        IF v_all IS NULL THEN
            RETURN;
        END IF;

        -- A detached job may be completed by a transaction at this very moment. The fence's key decides. When that transaction stays
        -- open, the other runs must not wait for it: nobody's lease it is then, and takeover sees to it once the transaction has ended.
        IF v_detached THEN
            FOR d IN SELECT h.ord, h.kind, h.place, h.held FROM unnest(v_all) h WHERE (h.held).detached LOOP
                BEGIN
                    CONTINUE WHEN @schema@.win_fence((d.held).pack, (d.held).hi, (d.held).token, (d.held).nonce, v_now);
                    PERFORM @schema@.finalize((d.held).pack, (d.held).hi, (d.held).token, (d.held).nonce);
                EXCEPTION WHEN lock_not_available THEN
                    IF d.kind = 7 THEN
                        RAISE;
                    END IF;
                    UPDATE @schema@.lease l SET worker = '' WHERE l.ctid = d.place;
                END;
                v_all := ARRAY(SELECT h FROM unnest(v_all) h WHERE h.ord <> d.ord);
            END LOOP;
            v_cancels := EXISTS (SELECT FROM @schema@.cancel_request);
        END IF;

        IF v_cancels THEN
            v_split := ARRAY(
                SELECT h.ord FROM unnest(v_all) h
                WHERE h.hi > h.lo AND EXISTS (
                    SELECT FROM @schema@.cancel_request c WHERE c.pack = (h.held).pack AND c.slot BETWEEN h.lo AND h.hi));
            v_all := ARRAY(
                SELECT ROW(h.ord, h.kind, h.lo, h.hi, h.result, h.delay, h.reason, h.error_type, h.error, h.stack_trace,
                    c.requested_at, h.place, h.held)::@schema@.settling
                FROM unnest(v_all) h
                LEFT JOIN LATERAL (
                    SELECT c.requested_at FROM @schema@.cancel_request c
                    WHERE c.pack = (h.held).pack AND c.slot = h.lo AND h.lo = h.hi AND h.kind <> 6) c ON true
                WHERE h.ord <> ALL (v_split));
        END IF;
        IF v_detached OR v_cancels THEN
            v_places := ARRAY(SELECT DISTINCT h.place FROM unnest(v_all) h);
            v_otherwise := EXISTS (SELECT FROM unnest(v_all) h WHERE h.kind NOT IN (0, 6) OR h.flagged_at IS NOT NULL);
        END IF;

        DELETE FROM @schema@.lease l WHERE l.ctid = ANY (v_places);
        GET DIAGNOSTICS v_deleted = ROW_COUNT;
        IF v_deleted <> cardinality(v_places) THEN
            RAISE EXCEPTION 'a lease changed under its lock' USING ERRCODE = 'serialization_failure';
        END IF;

        -- What the runs leave of the ranges stays held.
        IF v_partial THEN
            INSERT INTO @schema@.lease (pack, hi, lo, token, nonce, worker, claimed_at, detached, name, queue, rank, due_at, attempt, takeovers, keep, gate)
            SELECT (s.held).pack, piece.hi, piece.lo, (s.held).token, (s.held).nonce, (s.held).worker, (s.held).claimed_at, piece.detached,
                (s.held).name, (s.held).queue, (s.held).rank, (s.held).due_at, (s.held).attempt, (s.held).takeovers, (s.held).keep, (s.held).gate
            FROM (
                SELECT h.kind, h.lo, h.hi, h.held,
                    coalesce(lag(h.hi) OVER w + 1, (h.held).lo) AS first,
                    lead(h.lo) OVER w IS NULL AS is_last
                FROM unnest(v_all) h
                WINDOW w AS (PARTITION BY (h.held).pack, (h.held).hi ORDER BY h.lo)) s
            CROSS JOIN LATERAL (
                VALUES (s.first, s.lo - 1, false), (s.hi + 1, CASE WHEN s.is_last THEN (s.held).hi END, false),
                    (s.lo, CASE s.kind WHEN 6 THEN s.hi END, true)) AS piece(lo, hi, detached)
            WHERE piece.lo <= piece.hi;
        END IF;
    END IF;

    -- Looked at after the DELETE, which made this transaction one that is under way: who adds a link that is not seen here sees that
    -- (check_waiting). For callbacks an index of few jobs, of none mostly, answers.
    SELECT EXISTS (SELECT FROM @schema@.job j WHERE j.policy LIKE '%callback=%'),
        EXISTS (SELECT FROM @schema@.dependency) OR EXISTS (SELECT FROM @schema@.line)
    INTO v_callbacks, v_links;

    IF v_whole AND NOT (v_callbacks OR v_links) THEN
        INSERT INTO @schema@.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at, results,
            name, queue, rank)
        VALUES (v_held.pack, v_held.lo, v_held.hi, v_held.lo, v_held.attempt + 1, v_held.token, v_held.nonce, v_held.worker, v_held.claimed_at,
            v_now, v_now + coalesce(v_held.keep, 86400000) * interval '1 millisecond', p_results[1],
            v_held.name, v_held.queue, v_held.rank);
        RETURN QUERY SELECT 1, 1::smallint;
        RETURN;
    END IF;

    -- Before records are removed that are not kept.
    IF v_callbacks THEN
        PERFORM @schema@.store_callback(j.pack, j.slot, 'Completed', (h.held).attempt + 1, 0, NULL, v_now,
            @schema@.result_of(h.result, j.slot - h.lo, h.hi - h.lo + 1))
        FROM unnest(v_all) h
        JOIN @schema@.job j ON j.pack = (h.held).pack AND j.slot BETWEEN h.lo AND h.hi AND j.policy LIKE '%callback=%'
        WHERE h.kind = 0 AND h.flagged_at IS NULL;
    END IF;

    INSERT INTO @schema@.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at, results,
        name, queue, rank)
    SELECT (h.held).pack, h.lo, h.hi, h.lo, (h.held).attempt + 1, (h.held).token, (h.held).nonce, (h.held).worker, (h.held).claimed_at,
        v_now, v_now + coalesce((h.held).keep, 86400000) * interval '1 millisecond', h.result,
        (h.held).name, (h.held).queue, (h.held).rank
    FROM unnest(v_all) h
    WHERE h.kind = 0 AND h.flagged_at IS NULL AND (h.held).keep IS DISTINCT FROM 0;

    IF v_links THEN
        PERFORM @schema@.links_ended(array_agg((h.held).pack), array_agg(h.lo), array_agg(h.hi), true)
        FROM unnest(v_all) h WHERE h.kind = 0 AND h.flagged_at IS NULL HAVING count(*) > 0;
    END IF;

    IF v_gated THEN
        INSERT INTO @schema@.gate_freed (gate) SELECT DISTINCT (h.held).gate FROM unnest(v_all) h WHERE (h.held).gate <> '' AND h.kind <> 6;
    END IF;

    IF v_unkept THEN
        SELECT array_agg((h.held).pack), array_agg(h.lo), array_agg(h.hi) INTO v_packs, v_los, v_his
        FROM unnest(v_all) h
        WHERE h.kind = 0 AND h.flagged_at IS NULL AND (h.held).keep = 0;
        IF v_packs IS NOT NULL THEN
            PERFORM @schema@.remove_jobs(v_packs, v_los, v_his);
        END IF;
    END IF;

    IF v_otherwise THEN
        PERFORM @schema@.settle_otherwise(v_all, v_now, p_max_takeovers);
    END IF;

    RETURN QUERY
        SELECT h.ord, (CASE WHEN h.flagged_at IS NULL THEN 1 ELSE 2 END)::smallint FROM unnest(v_all) h
        UNION ALL
        SELECT s, 3::smallint FROM unnest(v_split) s;
END
$$;

-- The runs that did not complete: their history, and where their jobs go.
CREATE FUNCTION @schema@.settle_otherwise(p_all @schema@.settling[], p_now timestamptz, p_max_takeovers integer) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_ends boolean;
    v_back boolean;
    v_packs bigint[];
    v_slots integer[];
BEGIN
    SELECT bool_or(e.ends), bool_or(NOT e.ends AND h.kind NOT IN (0, 6)) INTO v_ends, v_back
    FROM unnest(p_all) h
    CROSS JOIN LATERAL (
        SELECT h.kind IN (2, 3) OR h.flagged_at IS NOT NULL OR (h.kind = 7 AND (h.held).takeovers >= p_max_takeovers) AS ends) e;

    INSERT INTO @schema@.attempt (pack, slot, token, nonce, number, outcome, worker, started_at, ended_at, reason, error_type, error, stack_trace)
    SELECT (h.held).pack, s.slot, (h.held).token, (h.held).nonce, (h.held).attempt + 1,
        CASE WHEN h.kind = 8 THEN 5 WHEN h.flagged_at IS NOT NULL AND h.kind <> 7 THEN 3 WHEN h.kind = 9 THEN 4 ELSE h.kind END,
        (h.held).worker, (h.held).claimed_at, p_now,
        CASE WHEN h.kind = 7 THEN 6 ELSE coalesce(h.reason, 0) END, CASE WHEN h.kind <> 9 THEN h.error_type END, h.error, h.stack_trace
    FROM unnest(p_all) h CROSS JOIN generate_series(h.lo, h.hi) s(slot)
    WHERE h.kind NOT IN (0, 6) OR h.flagged_at IS NOT NULL;

    IF v_ends THEN
        INSERT INTO @schema@.ended (pack, slot, status, attempt, reason, error, ended_at, cancelled_at, expires_at)
        SELECT (h.held).pack, s.slot, e.status, (h.held).attempt + CASE WHEN h.kind IN (7, 8) THEN 0 ELSE 1 END,
            CASE WHEN e.status = 5 THEN 0 WHEN h.kind = 7 THEN 6 ELSE coalesce(h.reason, 0) END,
            CASE WHEN e.status = 5 THEN NULL WHEN h.kind = 7
                THEN format('The workers that ran it died or fell silent %s times, the last one was ''%s''.', (h.held).takeovers + 1, (h.held).worker)
                ELSE h.error END,
            p_now, CASE WHEN h.kind = 3 THEN coalesce(h.flagged_at, p_now) ELSE h.flagged_at END, p_now + coalesce(j.keep_failed, 1209600000) * interval '1 millisecond'
        FROM unnest(p_all) h CROSS JOIN generate_series(h.lo, h.hi) s(slot)
        CROSS JOIN LATERAL (SELECT CASE WHEN h.flagged_at IS NOT NULL OR h.kind = 3 THEN 5 ELSE 4 END AS status) e
        CROSS JOIN LATERAL (SELECT j.keep_failed FROM @schema@.job j WHERE j.pack = (h.held).pack AND j.slot = s.slot) j
        WHERE h.kind IN (2, 3) OR h.flagged_at IS NOT NULL OR (h.kind = 7 AND (h.held).takeovers >= p_max_takeovers);

        DELETE FROM @schema@.cancel_request c USING unnest(p_all) h
        WHERE h.flagged_at IS NOT NULL AND c.pack = (h.held).pack AND c.slot = h.lo;

        -- Records that are not kept at all.
        SELECT array_agg((h.held).pack), array_agg(s.slot) INTO v_packs, v_slots
        FROM unnest(p_all) h CROSS JOIN generate_series(h.lo, h.hi) s(slot)
        CROSS JOIN LATERAL (SELECT FROM @schema@.job j WHERE j.pack = (h.held).pack AND j.slot = s.slot AND j.keep_failed = 0) j
        CROSS JOIN LATERAL (SELECT FROM @schema@.ended e WHERE e.pack = (h.held).pack AND e.slot = s.slot) e;
        IF v_packs IS NOT NULL THEN
            PERFORM @schema@.remove_ended(v_packs, v_slots);
        END IF;
    END IF;

    IF v_back THEN
        IF EXISTS (SELECT FROM unnest(p_all) h WHERE h.kind = 9) THEN
            UPDATE @schema@.step t SET waits = t.name = coalesce(h.error_type, '')
            FROM unnest(p_all) h
            WHERE h.kind = 9 AND h.flagged_at IS NULL AND t.pack = (h.held).pack AND t.slot = h.lo AND t.kind <> 0 AND t.waits <> (t.name = coalesce(h.error_type, ''));
        END IF;

        WITH back AS MATERIALIZED (
            SELECT h.held, h.lo, h.hi, h.kind,
                CASE WHEN h.kind = 9 AND w.due_at IS NOT NULL THEN w.due_at
                    WHEN h.delay > 0 AND h.kind <> 9 THEN least(timestamptz '9999-12-31 00:00:00+00', p_now + h.delay * interval '1 millisecond')
                    WHEN (h.held).gate IS NOT NULL THEN p_now END AS due_at
            FROM unnest(p_all) h
            LEFT JOIN LATERAL (
                SELECT t.due_at FROM @schema@.step t
                WHERE h.kind = 9 AND t.pack = (h.held).pack AND t.slot = h.lo AND t.waits AND t.value IS NULL AND t.due_at > p_now) w ON true
            WHERE h.flagged_at IS NULL AND (h.kind IN (1, 4, 5, 8, 9) OR (h.kind = 7 AND (h.held).takeovers < p_max_takeovers))),
        later AS (
            INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep, gate)
            SELECT b.due_at, (b.held).pack, b.hi, b.lo, (b.held).name, (b.held).queue, (b.held).rank,
                (b.held).attempt + CASE b.kind WHEN 1 THEN 1 ELSE 0 END,
                (b.held).takeovers + CASE b.kind WHEN 7 THEN 1 ELSE 0 END, (b.held).keep, (b.held).gate
            FROM back b WHERE b.due_at IS NOT NULL)
        INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
        SELECT (b.held).name, (b.held).queue, (b.held).rank, p_now, (b.held).pack, b.hi, b.lo,
            (b.held).attempt + CASE b.kind WHEN 1 THEN 1 ELSE 0 END,
            (b.held).takeovers + CASE b.kind WHEN 7 THEN 1 ELSE 0 END, (b.held).keep
        FROM back b WHERE b.due_at IS NULL;

        -- Progress belongs to one run.
        DELETE FROM @schema@.progress p USING unnest(p_all) h
        WHERE h.flagged_at IS NULL AND h.kind IN (1, 4, 5, 7, 8, 9) AND p.pack = (h.held).pack AND p.slot BETWEEN h.lo AND h.hi;
    END IF;
END
$$;

CREATE FUNCTION @schema@.remove_ended(p_packs bigint[], p_slots integer[]) RETURNS integer LANGUAGE plpgsql AS
$$
BEGIN
    DELETE FROM @schema@.ended e USING unnest(p_packs, p_slots) u(pack, slot) WHERE e.pack = u.pack AND e.slot = u.slot;
    RETURN @schema@.remove_jobs(p_packs, p_slots, p_slots);
END
$$;

-- Puts a held job on a lease row of its own, so that a transaction of its handler can complete it without touching a row that
-- other jobs share. Answers nothing when it is not held, or is to be cancelled.
CREATE FUNCTION @schema@.detach(p_pack bigint, p_slot integer, p_token bigint, p_nonce bigint)
RETURNS SETOF @schema@.lease LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.lease_lock(p_token));
    IF EXISTS (SELECT FROM @schema@.cancel_request c WHERE c.pack = p_pack AND c.slot = p_slot) THEN
        RETURN;
    END IF;
    IF NOT EXISTS (
        SELECT FROM @schema@.lease l
        WHERE l.pack = p_pack AND l.hi = p_slot AND l.detached AND l.token IS NOT DISTINCT FROM p_token AND l.nonce = p_nonce) THEN
        PERFORM @schema@.settle(ARRAY[p_token], ARRAY[p_nonce], ARRAY[p_pack], ARRAY[p_slot], ARRAY[p_slot], ARRAY[6]::smallint[],
            NULL, NULL, NULL, NULL, NULL, NULL, 0);
    END IF;
    RETURN QUERY SELECT * FROM @schema@.lease l
        WHERE l.pack = p_pack AND l.hi = p_slot AND l.detached AND l.token IS NOT DISTINCT FROM p_token AND l.nonce = p_nonce;
END
$$;

-- Completes a detached job in the caller's transaction. Inserts two rows that nothing else touches meanwhile, and reads none: a
-- transaction at SERIALIZABLE is charged for the whole index page that it reads, into which others insert. The rest is done when the
-- lease is deleted (finalize).
CREATE FUNCTION @schema@.complete_detached(
    p_pack bigint, p_slot integer, p_token bigint, p_nonce bigint, p_attempt integer, p_worker text, p_started_at timestamptz,
    p_keep bigint, p_result bytea, p_name text, p_queue text, p_rank integer, p_channel text)
RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
BEGIN
    BEGIN
        INSERT INTO @schema@.fence (pack, slot, token, nonce, completed, at) VALUES (p_pack, p_slot, p_token, p_nonce, true, v_now);
    EXCEPTION WHEN unique_violation THEN
        RETURN false;
    END;
    INSERT INTO @schema@.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at, results,
        name, queue, rank)
    VALUES (p_pack, p_slot, p_slot, p_slot, p_attempt, p_token, p_nonce, p_worker, p_started_at,
        v_now, v_now + coalesce(p_keep, 86400000) * interval '1 millisecond', p_result, p_name, p_queue, p_rank);
    PERFORM pg_notify(p_channel, 'e');
    RETURN true;
END
$$;

-- Whether a job was completed under a lease.
CREATE FUNCTION @schema@.was_completed(p_pack bigint, p_slot integer, p_token bigint, p_nonce bigint) RETURNS boolean LANGUAGE plpgsql AS
$$
BEGIN
    IF EXISTS (
        SELECT FROM @schema@.fence f
        WHERE f.pack = p_pack AND f.slot = p_slot AND f.token = p_token AND f.nonce = p_nonce AND f.completed) THEN
        PERFORM @schema@.finalize(p_pack, p_slot, p_token, p_nonce);
        RETURN true;
    END IF;
    RETURN EXISTS (
        SELECT FROM (
            SELECT r.hi, r.token, r.nonce FROM @schema@.receipt r
            WHERE r.pack = p_pack AND r.lo <= p_slot ORDER BY r.lo DESC LIMIT 1) r
        WHERE r.hi >= p_slot AND r.token = p_token AND r.nonce = p_nonce);
END
$$;
