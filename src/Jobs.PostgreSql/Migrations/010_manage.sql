-- What people do to jobs. Each call takes runs of slots, any number of them, in one order for all callers (packs downwards), so that
-- two calls never wait for each other crosswise. A job is taken out of its place first; what was not there any more is not touched.

CREATE TYPE @schema@.pending_run AS (pack bigint, lo integer, hi integer, due_at timestamptz, attempt integer, takeovers integer);

-- Takes pending jobs out of scheduled and ready, for good or to be put back; p_later_than: only those that are due later than that,
-- and not those that wait for a time or an answer, which would come to the same wait again.
-- Scheduled comes first, because what becomes due meanwhile is found in ready.
--
-- Rows are locked in one statement and deleted in the next: a row that a claim has just trimmed is waited for, and its newer version
-- is what the DELETE sees. Plan: per run the index on (pack, hi), from the first range that reaches into the run to the first that
-- reaches over its end.
CREATE FUNCTION @schema@.withdraw(p_packs bigint[], p_los integer[], p_his integer[], p_later_than timestamptz, p_min_attempt integer)
RETURNS SETOF @schema@.pending_run LANGUAGE plpgsql AS
$$
DECLARE
    v_places tid[];
BEGIN
    -- What waits for other jobs; the way from here leads to the other places.
    IF EXISTS (SELECT FROM @schema@.waiting) THEN
        RETURN QUERY
            WITH gone AS (
                DELETE FROM @schema@.waiting w
                WHERE w.ctid = ANY (ARRAY(
                    SELECT q.ctid FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
                    JOIN @schema@.waiting q ON q.pack = u.pack AND q.slot BETWEEN u.lo AND u.hi
                    WHERE (p_later_than IS NULL OR q.due_at > p_later_than) AND q.attempt >= p_min_attempt
                    ORDER BY q.pack, q.slot FOR UPDATE OF q))
                RETURNING w.*)
            SELECT g.pack, g.slot, g.slot, g.due_at, g.attempt, g.takeovers FROM gone g;
    END IF;

    SELECT array_agg(q.place) INTO v_places
    FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
    CROSS JOIN LATERAL (SELECT coalesce((
        SELECT x.hi FROM @schema@.scheduled x WHERE x.pack = u.pack AND x.hi >= u.hi ORDER BY x.pack, x.hi LIMIT 1), u.hi) AS hi) top
    CROSS JOIN LATERAL (
        SELECT s.ctid AS place FROM @schema@.scheduled s
        WHERE s.pack = u.pack AND s.hi BETWEEN u.lo AND top.hi AND s.lo <= u.hi
            AND (p_later_than IS NULL OR (s.due_at > p_later_than AND NOT EXISTS (
                SELECT FROM @schema@.step t WHERE t.pack = s.pack AND t.slot = s.hi AND t.waits AND t.value IS NULL AND t.due_at = s.due_at)))
            AND s.attempt >= p_min_attempt
        ORDER BY s.pack, s.hi FOR UPDATE) q;

    IF v_places IS NOT NULL THEN
        RETURN QUERY
            WITH gone AS (
                DELETE FROM @schema@.scheduled s WHERE s.ctid = ANY (v_places) RETURNING s.*),
            hit AS MATERIALIZED (
                SELECT g.*, greatest(g.lo, u.lo) AS first, least(g.hi, u.hi) AS last
                FROM gone g JOIN unnest(p_packs, p_los, p_his) u(pack, lo, hi) ON u.pack = g.pack AND u.lo <= g.hi AND u.hi >= g.lo),
            rest AS (
                INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep)
                SELECT s.due_at, s.pack, piece.hi, piece.lo, s.name, s.queue, s.rank, s.attempt, s.takeovers, s.keep
                FROM (
                    SELECT h.*, coalesce(lag(h.last) OVER w + 1, h.lo) AS begin, lead(h.first) OVER w IS NULL AS is_last
                    FROM hit h WINDOW w AS (PARTITION BY h.pack, h.hi ORDER BY h.first)) s
                CROSS JOIN LATERAL (VALUES (s.begin, s.first - 1), (s.last + 1, CASE WHEN s.is_last THEN s.hi END)) piece(lo, hi)
                WHERE piece.lo <= piece.hi)
            SELECT h.pack, h.first, h.last, h.due_at, h.attempt, h.takeovers FROM hit h;
    END IF;

    IF p_later_than IS NOT NULL THEN
        RETURN;
    END IF;

    -- Gated jobs that are due. Their streams are set right by the next claim.
    IF EXISTS (SELECT FROM @schema@.gated) THEN
        RETURN QUERY
            WITH gone AS (
                DELETE FROM @schema@.gated w
                WHERE w.ctid = ANY (ARRAY(
                    SELECT q.ctid FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
                    JOIN @schema@.gated q ON q.pack = u.pack AND q.slot BETWEEN u.lo AND u.hi
                    WHERE q.attempt >= p_min_attempt
                    ORDER BY q.pack, q.slot FOR UPDATE OF q))
                RETURNING w.*)
            SELECT g.pack, g.slot, g.slot, g.due_at, g.attempt, g.takeovers FROM gone g;
    END IF;

    SELECT array_agg(q.place) INTO v_places
    FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
    CROSS JOIN LATERAL (SELECT coalesce((
        SELECT x.hi FROM @schema@.ready x WHERE x.pack = u.pack AND x.hi >= u.hi ORDER BY x.pack, x.hi LIMIT 1), u.hi) AS hi) top
    CROSS JOIN LATERAL (
        SELECT r.ctid AS place FROM @schema@.ready r
        WHERE r.pack = u.pack AND r.hi BETWEEN u.lo AND top.hi AND r.lo <= u.hi AND r.attempt >= p_min_attempt
        ORDER BY r.pack, r.hi FOR UPDATE) q;

    IF v_places IS NOT NULL THEN
        RETURN QUERY
            WITH gone AS (
                DELETE FROM @schema@.ready r WHERE r.ctid = ANY (v_places) RETURNING r.*),
            hit AS MATERIALIZED (
                SELECT g.*, greatest(g.lo, u.lo) AS first, least(g.hi, u.hi) AS last
                FROM gone g JOIN unnest(p_packs, p_los, p_his) u(pack, lo, hi) ON u.pack = g.pack AND u.lo <= g.hi AND u.hi >= g.lo),
            rest AS (
                INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
                SELECT s.name, s.queue, s.rank, s.due_at, s.pack, piece.hi, piece.lo, s.attempt, s.takeovers, s.keep
                FROM (
                    SELECT h.*, coalesce(lag(h.last) OVER w + 1, h.lo) AS begin, lead(h.first) OVER w IS NULL AS is_last
                    FROM hit h WINDOW w AS (PARTITION BY h.pack, h.hi ORDER BY h.first)) s
                CROSS JOIN LATERAL (VALUES (s.begin, s.first - 1), (s.last + 1, CASE WHEN s.is_last THEN s.hi END)) piece(lo, hi)
                WHERE piece.lo <= piece.hi)
            SELECT h.pack, h.first, h.last, h.due_at, h.attempt, h.takeovers FROM hit h;
    END IF;
END
$$;

-- How long a completed record is kept, in milliseconds, as the ranges have it; null: the default.
CREATE FUNCTION @schema@.keep_of(p_policy text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$
    SELECT sum(m[1]::bigint * CASE m[2] WHEN 'd' THEN 86400000 WHEN 'h' THEN 3600000 WHEN 'm' THEN 60000 WHEN 's' THEN 1000 ELSE 1 END)::bigint
    FROM regexp_matches(substring(p_policy FROM '(?:^| )keep=([0-9a-z]+)'), '([0-9]+)(ms|d|h|m|s)', 'g') m
$$;

-- The way back to pending for jobs that are in no place: ready when due, else scheduled. Jobs that are alike and side by side become
-- one range again; those with keys, or that depend on others, are admitted one by one.
CREATE FUNCTION @schema@.make_pending(p_runs @schema@.pending_run[], p_now timestamptz) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_apart @schema@.pending_run[];
BEGIN
    WITH single AS MATERIALIZED (
        SELECT j.name, j.queue, ~j.priority AS rank, r.due_at, r.pack, s.slot, r.attempt, r.takeovers, @schema@.keep_of(j.policy) AS keep,
            coalesce(j.concurrency_key, j.ordering_key, j.fairness_key, j.lifo::text) IS NOT NULL
                OR EXISTS (SELECT FROM @schema@.dependency d WHERE d.pack = j.pack AND d.slot = j.slot) AS apart
        FROM unnest(p_runs) r CROSS JOIN generate_series(r.lo, r.hi) s(slot)
        CROSS JOIN LATERAL (SELECT j.* FROM @schema@.job j WHERE j.pack = r.pack AND j.slot = s.slot) j),
    island AS MATERIALIZED (
        SELECT i.name, i.queue, i.rank, i.due_at, i.pack, max(i.slot) AS hi, min(i.slot) AS lo, i.attempt, i.takeovers, i.keep
        FROM (
            SELECT s.*, s.slot - row_number() OVER (
                PARTITION BY s.name, s.queue, s.rank, s.due_at, s.pack, s.attempt, s.takeovers, s.keep ORDER BY s.slot) AS number
            FROM single s WHERE NOT s.apart) i
        GROUP BY i.name, i.queue, i.rank, i.due_at, i.pack, i.attempt, i.takeovers, i.keep, i.number),
    later AS (
        INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep)
        SELECT i.due_at, i.pack, i.hi, i.lo, i.name, i.queue, i.rank, i.attempt, i.takeovers, i.keep FROM island i WHERE i.due_at > p_now),
    now AS (
        INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
        SELECT i.name, i.queue, i.rank, i.due_at, i.pack, i.hi, i.lo, i.attempt, i.takeovers, i.keep FROM island i WHERE i.due_at <= p_now)
    SELECT array_agg(ROW(s.pack, s.slot, s.slot, s.due_at, s.attempt, s.takeovers)::@schema@.pending_run ORDER BY s.pack, s.slot) INTO v_apart
    FROM single s WHERE s.apart;
    IF v_apart IS NOT NULL THEN
        PERFORM @schema@.admit(array_agg(r.pack), array_agg(r.lo), array_agg(r.due_at), array_agg(r.attempt), array_agg(r.takeovers),
            array_agg((SELECT @schema@.keep_of(j.policy) FROM @schema@.job j WHERE j.pack = r.pack AND j.slot = r.lo)), true)
        FROM unnest(v_apart) r;
    END IF;
END
$$;

-- Cancels what waits and asks for what runs. Answers how many were cancelled, and whose cancelling was asked for.
CREATE FUNCTION @schema@.cancel_many(
    p_packs bigint[], p_los integer[], p_his integer[], p_pending boolean, p_running boolean,
    OUT cancelled integer, OUT packs bigint[], OUT slots integer[])
LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_gone_packs bigint[];
    v_gone_slots integer[];
    r record;
BEGIN
    cancelled := 0;
    IF p_pending THEN
        INSERT INTO @schema@.ended (pack, slot, status, attempt, reason, error, ended_at, cancelled_at, expires_at)
        SELECT w.pack, s.slot, 5, w.attempt, 0, NULL, v_now, v_now, v_now + coalesce(j.keep_failed, 1209600000) * interval '1 millisecond'
        FROM @schema@.withdraw(p_packs, p_los, p_his, NULL, 0) w CROSS JOIN generate_series(w.lo, w.hi) s(slot)
        CROSS JOIN LATERAL (SELECT j.keep_failed FROM @schema@.job j WHERE j.pack = w.pack AND j.slot = s.slot) j;
        GET DIAGNOSTICS cancelled = ROW_COUNT;
    END IF;

    IF p_running THEN
        PERFORM pg_advisory_xact_lock(@schema@.lease_lock(t.token))
        FROM (
            SELECT DISTINCT l.token
            FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
            CROSS JOIN LATERAL (SELECT l.token FROM @schema@.lease l WHERE l.pack = u.pack AND l.hi >= u.lo AND l.lo <= u.hi) l
            ORDER BY l.token) t;
        WITH asked AS (
            INSERT INTO @schema@.cancel_request (pack, slot, requested_at)
            SELECT u.pack, s.slot, v_now
            FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
            CROSS JOIN LATERAL (SELECT l.lo, l.hi FROM @schema@.lease l WHERE l.pack = u.pack AND l.hi >= u.lo AND l.lo <= u.hi) l
            CROSS JOIN generate_series(greatest(l.lo, u.lo), least(l.hi, u.hi)) s(slot)
            WHERE NOT @schema@.has_ended(u.pack, s.slot)
            ON CONFLICT (pack, slot) DO UPDATE SET requested_at = excluded.requested_at
            RETURNING pack, slot)
        SELECT array_agg(a.pack), array_agg(a.slot) INTO packs, slots FROM asked a;
    END IF;

    -- What moved from place to place while it was looked for, is looked for by itself.
    IF p_pending AND p_running AND cancelled + coalesce(cardinality(packs), 0)
        < (SELECT sum(u.hi - u.lo + 1) FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)) THEN
        FOR r IN
            SELECT u.pack, s.slot
            FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi) CROSS JOIN generate_series(u.lo, u.hi) s(slot)
            CROSS JOIN LATERAL (SELECT FROM @schema@.job j WHERE j.pack = u.pack AND j.slot = s.slot) j
            WHERE NOT @schema@.has_ended(u.pack, s.slot)
                AND NOT EXISTS (SELECT FROM @schema@.cancel_request c WHERE c.pack = u.pack AND c.slot = s.slot)
        LOOP
            CASE @schema@.cancel(r.pack, r.slot)
                WHEN 2 THEN cancelled := cancelled + 1;
                WHEN 3 THEN
                    packs := packs || r.pack;
                    slots := slots || r.slot;
                ELSE NULL;
            END CASE;
        END LOOP;
    END IF;

    -- Records that are not kept at all.
    IF cancelled = 0 THEN
        RETURN;
    END IF;
    SELECT array_agg(e.pack), array_agg(e.slot) INTO v_gone_packs, v_gone_slots
    FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi) CROSS JOIN generate_series(u.lo, u.hi) s(slot)
    CROSS JOIN LATERAL (SELECT e.pack, e.slot FROM @schema@.ended e WHERE e.pack = u.pack AND e.slot = s.slot AND e.expires_at = e.ended_at) e;
    IF v_gone_packs IS NOT NULL THEN
        PERFORM @schema@.remove_ended(v_gone_packs, v_gone_slots);
    END IF;
END
$$;

-- Makes failed and cancelled jobs run again, and pending ones that wait for their next attempt at once. Answers how many.
CREATE FUNCTION @schema@.retry_many(
    p_packs bigint[], p_los integer[], p_his integer[], p_pending boolean, p_failed boolean, p_cancelled boolean)
RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_runs @schema@.pending_run[];
    v_due @schema@.pending_run[];
BEGIN
    WITH gone AS (
        DELETE FROM @schema@.ended e USING unnest(p_packs, p_los, p_his) u(pack, lo, hi)
        WHERE e.pack = u.pack AND e.slot BETWEEN u.lo AND u.hi AND CASE e.status WHEN 4 THEN p_failed ELSE p_cancelled END
        RETURNING e.*),
    noted AS (
        INSERT INTO @schema@.intervention AS i (pack, slot, changed_at, retried_at, attempt, failed_at, reason, error, cancelled_at)
        SELECT g.pack, g.slot, v_now, v_now, g.attempt, CASE g.status WHEN 4 THEN g.ended_at END, g.reason, g.error, g.cancelled_at FROM gone g
        ON CONFLICT (pack, slot) DO UPDATE SET
            changed_at = excluded.changed_at, retried_at = excluded.retried_at, attempt = excluded.attempt,
            failed_at = coalesce(excluded.failed_at, i.failed_at), reason = excluded.reason, error = excluded.error,
            cancelled_at = coalesce(excluded.cancelled_at, i.cancelled_at)),
    cleared AS (
        DELETE FROM @schema@.progress p USING gone g WHERE p.pack = g.pack AND p.slot = g.slot)
    SELECT array_agg(ROW(g.pack, g.slot, g.slot, v_now, g.attempt, 0)::@schema@.pending_run) INTO v_runs FROM gone g;

    IF p_pending THEN
        SELECT array_agg(ROW(w.pack, w.lo, w.hi, v_now, w.attempt, 0)::@schema@.pending_run) INTO v_due
        FROM @schema@.withdraw(p_packs, p_los, p_his, v_now, 1) w;
        PERFORM @schema@.note_change(v_due, v_now, v_now);
    END IF;

    v_runs := v_runs || v_due;
    PERFORM @schema@.make_pending(v_runs, v_now);
    RETURN coalesce((SELECT sum(r.hi - r.lo + 1) FROM unnest(v_runs) r), 0);
END
$$;

CREATE FUNCTION @schema@.note_change(p_runs @schema@.pending_run[], p_now timestamptz, p_retried_at timestamptz) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    INSERT INTO @schema@.intervention AS i (pack, slot, changed_at, retried_at)
    SELECT r.pack, s.slot, p_now, p_retried_at FROM unnest(p_runs) r CROSS JOIN generate_series(r.lo, r.hi) s(slot)
    ON CONFLICT (pack, slot) DO UPDATE SET changed_at = excluded.changed_at, retried_at = coalesce(excluded.retried_at, i.retried_at);
END
$$;

-- Makes jobs due that are due later. Answers how many.
CREATE FUNCTION @schema@.promote_many(p_packs bigint[], p_los integer[], p_his integer[]) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_runs @schema@.pending_run[];
BEGIN
    SELECT array_agg(ROW(w.pack, w.lo, w.hi, v_now, w.attempt, w.takeovers)::@schema@.pending_run) INTO v_runs
    FROM @schema@.withdraw(p_packs, p_los, p_his, v_now, 0) w;
    PERFORM @schema@.note_change(v_runs, v_now, NULL);
    PERFORM @schema@.make_pending(v_runs, v_now);
    RETURN coalesce((SELECT sum(r.hi - r.lo + 1) FROM unnest(v_runs) r), 0);
END
$$;

-- Changes a pending job; what is null stays. 0 no such job, 1 not pending, 2 done.
CREATE FUNCTION @schema@.edit(
    p_pack bigint, p_slot integer, p_name text, p_payload bytea, p_run_at timestamptz, p_priority integer, p_tags text[])
RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_due timestamptz := greatest(v_now, p_run_at);
    v_run @schema@.pending_run;
BEGIN
    SELECT w.* INTO v_run FROM @schema@.withdraw(ARRAY[p_pack], ARRAY[p_slot], ARRAY[p_slot], NULL, 0) w;
    IF NOT FOUND THEN
        RETURN (SELECT count(*) FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot AND j.name = p_name);
    END IF;

    UPDATE @schema@.job j SET
        payload = coalesce(p_payload, j.payload), priority = coalesce(p_priority, j.priority),
        run_at = CASE WHEN p_run_at IS NULL THEN j.run_at ELSE v_due END,
        tags = CASE WHEN p_tags IS NULL THEN j.tags ELSE nullif(p_tags, '{}') END
    WHERE j.pack = p_pack AND j.slot = p_slot AND j.name = p_name;
    IF NOT FOUND THEN
        PERFORM @schema@.make_pending(ARRAY[v_run], v_now);
        RETURN 0;
    END IF;

    IF p_run_at IS NOT NULL THEN
        v_run.due_at := v_due;
    END IF;
    PERFORM @schema@.note_change(ARRAY[v_run], v_now, NULL);
    PERFORM @schema@.make_pending(ARRAY[v_run], v_now);
    RETURN 2;
END
$$;

-- A piece of a receipt's results, from one index to another.
CREATE FUNCTION @schema@.slice_results(p_results bytea, p_first integer, p_last integer, p_count integer) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS
$$
DECLARE
    v_begin integer := 1 + 4 * p_count;
    v_length integer := 0;
    v_size integer;
BEGIN
    IF p_results IS NULL THEN
        RETURN NULL;
    END IF;
    FOR i IN 0..p_last LOOP
        v_size := greatest(('x' || encode(substring(p_results FROM 1 + 4 * i FOR 4), 'hex'))::bit(32)::integer, 0);
        IF i < p_first THEN
            v_begin := v_begin + v_size;
        ELSE
            v_length := v_length + v_size;
        END IF;
    END LOOP;
    RETURN substring(p_results FROM 1 + 4 * p_first FOR 4 * (p_last - p_first + 1)) || substring(p_results FROM v_begin FOR v_length);
END
$$;

-- Removes records, but those of jobs that run, unless p_running: those are taken from their workers. p_ended_for: only of jobs that
-- ended at least so many milliseconds ago. Answers how many.
CREATE FUNCTION @schema@.delete_many(
    p_packs bigint[], p_los integer[], p_his integer[], p_pending boolean, p_running boolean, p_completed boolean, p_failed boolean,
    p_cancelled boolean, p_ended_for bigint)
RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_until timestamptz := (SELECT @schema@.clock()) - p_ended_for * interval '1 millisecond';
    v_packs bigint[];
    v_los integer[];
    v_his integer[];
    v_count integer := 0;
    v_places tid[];
    v_gone int4multirange;
    r @schema@.receipt;
BEGIN
    IF p_running THEN
        -- Given back, which takes the fence from their workers, and then removed like all that waits.
        PERFORM pg_advisory_xact_lock(@schema@.lease_lock(t.token))
        FROM (
            SELECT DISTINCT l.token
            FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
            CROSS JOIN LATERAL (SELECT l.token FROM @schema@.lease l WHERE l.pack = u.pack AND l.hi >= u.lo AND l.lo <= u.hi) l
            ORDER BY l.token) t;
        PERFORM @schema@.settle_ranges(8::smallint, array_agg(l.token), array_agg(l.nonce), array_agg(u.pack),
            array_agg(greatest(l.lo, u.lo)), array_agg(least(l.hi, u.hi)), 0)
        FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
        CROSS JOIN LATERAL (SELECT l.* FROM @schema@.lease l WHERE l.pack = u.pack AND l.hi >= u.lo AND l.lo <= u.hi) l;
    END IF;

    IF p_pending THEN
        SELECT array_agg(w.pack), array_agg(w.lo), array_agg(w.hi) INTO v_packs, v_los, v_his
        FROM @schema@.withdraw(p_packs, p_los, p_his, NULL, 0) w;
        IF v_packs IS NOT NULL THEN
            v_count := v_count + @schema@.remove_jobs(v_packs, v_los, v_his);
        END IF;
    END IF;

    IF p_completed THEN
        SELECT array_agg(q.place) INTO v_places
        FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
        CROSS JOIN LATERAL (SELECT coalesce((
            SELECT x.lo FROM @schema@.receipt x WHERE x.pack = u.pack AND x.lo <= u.lo ORDER BY x.pack DESC, x.lo DESC LIMIT 1), u.lo) AS lo) bottom
        CROSS JOIN LATERAL (
            SELECT q.ctid AS place FROM @schema@.receipt q
            WHERE q.pack = u.pack AND q.lo BETWEEN bottom.lo AND u.hi AND q.hi >= u.lo AND (v_until IS NULL OR q.ended_at <= v_until)
            ORDER BY q.pack, q.lo FOR UPDATE) q;
        FOR r IN DELETE FROM @schema@.receipt q WHERE q.ctid = ANY (v_places) RETURNING q.* LOOP
            SELECT range_agg(int4range(greatest(u.lo, r.lo), least(u.hi, r.hi), '[]')) INTO v_gone
            FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi) WHERE u.pack = r.pack AND u.lo <= r.hi AND u.hi >= r.lo;

            INSERT INTO @schema@.receipt (pack, lo, hi, origin, attempt, token, nonce, worker, started_at, ended_at, expires_at, results,
                name, queue, rank)
            SELECT r.pack, lower(k), upper(k) - 1, lower(k), r.attempt, r.token, r.nonce, r.worker, r.started_at, r.ended_at, r.expires_at,
                @schema@.slice_results(r.results, lower(k) - r.origin, upper(k) - 1 - r.origin, r.hi - r.origin + 1),
                r.name, r.queue, r.rank
            FROM unnest(int4multirange(int4range(r.lo, r.hi, '[]')) - v_gone) k;

            SELECT v_count + @schema@.remove_jobs(array_agg(r.pack), array_agg(lower(k)), array_agg(upper(k) - 1)) INTO v_count
            FROM unnest(v_gone) k;
        END LOOP;
    END IF;

    IF p_failed OR p_cancelled THEN
        WITH gone AS (
            DELETE FROM @schema@.ended e USING unnest(p_packs, p_los, p_his) u(pack, lo, hi)
            WHERE e.pack = u.pack AND e.slot BETWEEN u.lo AND u.hi AND CASE e.status WHEN 4 THEN p_failed ELSE p_cancelled END
                AND (v_until IS NULL OR e.ended_at <= v_until)
            RETURNING e.pack, e.slot)
        SELECT array_agg(g.pack), array_agg(g.slot) INTO v_packs, v_los FROM gone g;
        IF v_packs IS NOT NULL THEN
            v_count := v_count + @schema@.remove_jobs(v_packs, v_los, v_los);
        END IF;
    END IF;
    RETURN v_count;
END
$$;

-- Whether a job is somewhere where it can neither wait nor have ended: a worker holds it.
CREATE FUNCTION @schema@.is_held(p_pack bigint, p_slot integer) RETURNS boolean LANGUAGE plpgsql AS
$$
BEGIN
    RETURN EXISTS (
        SELECT FROM (SELECT l.lo FROM @schema@.lease l WHERE l.pack = p_pack AND l.hi >= p_slot ORDER BY l.pack, l.hi LIMIT 1) l
        WHERE l.lo <= p_slot);
END
$$;

-- Does one thing to one job: 0 no such job, 1 in no state for it, 2 done. p_action: 1 retry, 2 promote, 3 delete, 4 obliterate.
CREATE FUNCTION @schema@.change(p_pack bigint, p_slot integer, p_action integer) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_packs bigint[] := ARRAY[p_pack];
    v_slots integer[] := ARRAY[p_slot];
    v_count integer;
BEGIN
    FOR i IN 1..1000 LOOP
        v_count := CASE p_action
            WHEN 1 THEN @schema@.retry_many(v_packs, v_slots, v_slots, true, true, true)
            WHEN 2 THEN @schema@.promote_many(v_packs, v_slots, v_slots)
            ELSE @schema@.delete_many(v_packs, v_slots, v_slots, true, p_action = 4, true, true, true, NULL)
        END;
        IF v_count > 0 THEN
            RETURN 2;
        END IF;
        IF NOT EXISTS (SELECT FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot) THEN
            RETURN 0;
        END IF;

        -- A job that was neither waiting nor ended nor held moved while it was looked for.
        EXIT WHEN p_action < 3;
        IF p_action = 3 AND @schema@.is_held(p_pack, p_slot) THEN
            RETURN 1;
        END IF;
    END LOOP;
    IF p_action < 3 THEN
        RETURN 1;
    END IF;
    RAISE EXCEPTION 'the job kept moving' USING ERRCODE = 'serialization_failure';
END
$$;

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = '@schema@'::regnamespace
            AND p.proname IN ('cancel_many', 'retry_many', 'promote_many', 'delete_many', 'edit', 'change')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
        EXECUTE format('ALTER FUNCTION %s SET enable_bitmapscan = off', f);
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
        EXECUTE format('ALTER FUNCTION %s SET jit = off', f);
    END LOOP;
END
$$;
