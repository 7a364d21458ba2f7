-- A worker's sign of life: writes its own row. False when it had been declared dead.
CREATE FUNCTION @schema@.heartbeat(p_id text, p_host text, p_version text, p_lease bigint, p_names text[], p_queues text[])
RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_was_dead boolean;
BEGIN
    SELECT w.dead_at IS NOT NULL AND NOT w.retired INTO v_was_dead FROM @schema@.worker w WHERE w.id = p_id FOR UPDATE;
    INSERT INTO @schema@.worker AS w (id, host, version, started_at, seen_at, lease, names, queues)
    VALUES (p_id, p_host, p_version, v_now, v_now, p_lease, p_names, p_queues)
    ON CONFLICT (id) DO UPDATE SET
        host = excluded.host, version = excluded.version, seen_at = excluded.seen_at, lease = excluded.lease,
        names = excluded.names, queues = excluded.queues, dead_at = NULL, retired = false,
        started_at = CASE WHEN w.dead_at IS NULL THEN w.started_at ELSE excluded.started_at END;
    RETURN v_was_dead IS NOT TRUE;
END
$$;

-- Ends what the given leases hold in one way (7 taken over, 8 given back), whole ranges where nothing in them is flagged.
CREATE FUNCTION @schema@.settle_ranges(
    p_kind smallint, p_tokens bigint[], p_nonces bigint[], p_packs bigint[], p_los integer[], p_his integer[], p_max_takeovers integer)
RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_tokens bigint[];
    v_nonces bigint[];
    v_packs bigint[];
    v_los integer[];
    v_his integer[];
    v_count integer;
BEGIN
    SELECT array_agg(r.token), array_agg(r.nonce), array_agg(r.pack), array_agg(s.lo), array_agg(s.hi), count(*)
    INTO v_tokens, v_nonces, v_packs, v_los, v_his, v_count
    FROM unnest(p_tokens, p_nonces, p_packs, p_los, p_his) r(token, nonce, pack, lo, hi)
    CROSS JOIN LATERAL (
        SELECT EXISTS (SELECT FROM @schema@.cancel_request c WHERE c.pack = r.pack AND c.slot BETWEEN r.lo AND r.hi) AS flagged) f
    CROSS JOIN LATERAL (
        SELECT r.lo, r.hi WHERE NOT f.flagged
        UNION ALL
        SELECT g, g FROM generate_series(r.lo, r.hi) g WHERE f.flagged) s(lo, hi);
    IF v_count > 0 THEN
        PERFORM @schema@.settle(v_tokens, v_nonces, v_packs, v_los, v_his, array_fill(p_kind, ARRAY[v_count]),
            NULL, NULL, NULL, NULL, NULL, NULL, p_max_takeovers);
    END IF;
END
$$;

-- Gives back what a worker holds, but for the known leases. The locks come first, so that what is read afterwards is settled.
CREATE FUNCTION @schema@.give_back(p_worker text, p_known_tokens bigint[], p_known_nonces bigint[]) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.lease_lock(s.token))
    FROM (SELECT DISTINCT l.token FROM @schema@.lease l WHERE l.worker = p_worker ORDER BY l.token) s;

    PERFORM @schema@.settle_ranges(8::smallint, array_agg(l.token), array_agg(l.nonce), array_agg(l.pack), array_agg(l.lo), array_agg(l.hi), 0)
    FROM @schema@.lease l
    WHERE l.worker = p_worker
        AND NOT EXISTS (SELECT FROM unnest(p_known_tokens, p_known_nonces) k(token, nonce) WHERE k.token = l.token AND k.nonce = l.nonce);
END
$$;

CREATE FUNCTION @schema@.retire(p_worker text) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    PERFORM @schema@.give_back(p_worker, '{}', '{}');
    -- The row stays for a while: the names that it knew are not nobody's while it restarts.
    UPDATE @schema@.worker w SET dead_at = (SELECT @schema@.clock()), retired = true WHERE w.id = p_worker AND w.dead_at IS NULL;
    DELETE FROM @schema@.pause p WHERE p.scope = 3 AND p.key = p_worker;
END
$$;

-- Progress, each report only while its lease holds. Answers the indexes of those whose leases don't.
CREATE FUNCTION @schema@.report_progress(
    p_packs bigint[], p_slots integer[], p_tokens bigint[], p_nonces bigint[], p_percents double precision[], p_messages text[], p_data text[])
RETURNS SETOF integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz;
    v_stored integer[];
BEGIN
    PERFORM pg_advisory_xact_lock_shared(@schema@.lease_lock(s.t)) FROM (SELECT DISTINCT t FROM unnest(p_tokens) t ORDER BY t) s;
    v_now := (SELECT @schema@.clock());
    WITH report AS MATERIALIZED (
        SELECT DISTINCT ON (r.pack, r.slot) r.*
        FROM unnest(p_packs, p_slots, p_tokens, p_nonces, p_percents, p_messages, p_data) WITH ORDINALITY r(pack, slot, token, nonce, percent, message, data, n)
        CROSS JOIN LATERAL (SELECT l.* FROM @schema@.lease l WHERE l.pack = r.pack AND l.hi >= r.slot ORDER BY l.hi LIMIT 1) l
        WHERE l.lo <= r.slot AND l.token = r.token AND l.nonce = r.nonce
        ORDER BY r.pack, r.slot, r.n DESC),
    stored AS (
        INSERT INTO @schema@.progress AS p (pack, slot, token, nonce, percent, message, at, data)
        SELECT r.pack, r.slot, r.token, r.nonce, r.percent, r.message, v_now, r.data::json FROM report r
        ON CONFLICT (pack, slot) DO UPDATE SET
            token = excluded.token, nonce = excluded.nonce, percent = excluded.percent, message = excluded.message, at = excluded.at, data = excluded.data
        RETURNING p.pack, p.slot)
    SELECT array_agg(r.n) INTO v_stored
    FROM unnest(p_packs, p_slots, p_tokens, p_nonces) WITH ORDINALITY r(pack, slot, token, nonce, n)
    WHERE EXISTS (SELECT FROM report q WHERE q.pack = r.pack AND q.slot = r.slot AND q.token = r.token AND q.nonce = r.nonce);
    RETURN QUERY SELECT n FROM generate_series(1, cardinality(p_packs)) n WHERE n <> ALL (coalesce(v_stored, '{}'));
END
$$;

-- Cancels a waiting job, or asks for it: 0 no such job, 1 already ended, 2 cancelled, 3 asked for.
-- p_only_pending: a running one is left alone, and 3 says only that it runs.
-- Looks for the job where it may be, one place after the other. Meanwhile it may move, always by a commit: then the search begins again.
CREATE FUNCTION @schema@.cancel(p_pack bigint, p_slot integer, p_only_pending boolean DEFAULT false) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_lease @schema@.lease;
    v_attempt integer;
    v_keep_failed bigint;
BEGIN
    FOR i IN 1..1000 LOOP
        SELECT j.keep_failed INTO v_keep_failed FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot;
        IF NOT FOUND THEN
            RETURN 0;
        END IF;
        IF @schema@.has_ended(p_pack, p_slot) THEN
            RETURN 1;
        END IF;

        SELECT w.attempt INTO v_attempt FROM @schema@.withdraw(ARRAY[p_pack], ARRAY[p_slot], ARRAY[p_slot], NULL, 0) w;
        IF FOUND THEN
            INSERT INTO @schema@.ended (pack, slot, status, attempt, reason, error, ended_at, cancelled_at, expires_at)
            VALUES (p_pack, p_slot, 5, v_attempt, 0, NULL, v_now, v_now, v_now + coalesce(v_keep_failed, 1209600000) * interval '1 millisecond');
            IF v_keep_failed = 0 THEN
                PERFORM @schema@.remove_ended(ARRAY[p_pack], ARRAY[p_slot]);
            END IF;
            RETURN 2;
        END IF;

        SELECT l.* INTO v_lease FROM @schema@.lease l WHERE l.pack = p_pack AND l.hi >= p_slot AND l.lo <= p_slot ORDER BY l.hi LIMIT 1;
        IF FOUND AND p_only_pending THEN
            RETURN 3;
        END IF;
        IF FOUND THEN
            PERFORM pg_advisory_xact_lock(@schema@.lease_lock(v_lease.token));
            IF EXISTS (SELECT FROM @schema@.lease l
                WHERE l.pack = p_pack AND l.hi >= p_slot AND l.lo <= p_slot AND l.token IS NOT DISTINCT FROM v_lease.token AND l.nonce = v_lease.nonce)
                AND NOT @schema@.has_ended(p_pack, p_slot) THEN
                INSERT INTO @schema@.cancel_request (pack, slot, requested_at) VALUES (p_pack, p_slot, v_now)
                ON CONFLICT (pack, slot) DO UPDATE SET requested_at = excluded.requested_at;
                RETURN 3;
            END IF;
        END IF;
    END LOOP;
    RAISE EXCEPTION 'the job kept moving' USING ERRCODE = 'serialization_failure';
END
$$;

CREATE FUNCTION @schema@.has_ended(p_pack bigint, p_slot integer) RETURNS boolean LANGUAGE plpgsql AS
$$
BEGIN
    RETURN EXISTS (SELECT FROM @schema@.ended e WHERE e.pack = p_pack AND e.slot = p_slot)
        OR EXISTS (
            SELECT FROM (SELECT r.hi FROM @schema@.receipt r WHERE r.pack = p_pack AND r.lo <= p_slot ORDER BY r.lo DESC LIMIT 1) r
            WHERE r.hi >= p_slot);
END
$$;

-- Of the given jobs, the indexes of those that have ended or do not exist.
CREATE FUNCTION @schema@.ended_of(p_ids uuid[], p_packs bigint[], p_slots integer[]) RETURNS SETOF integer LANGUAGE plpgsql AS
$$
BEGIN
    RETURN QUERY
        SELECT u.n::integer
        FROM unnest(p_ids, p_packs, p_slots) WITH ORDINALITY u(id, pack, slot, n)
        LEFT JOIN LATERAL @schema@.locate(u.id, u.pack, u.slot) p ON true
        WHERE p.pack IS NULL OR @schema@.has_ended(p.pack, p.slot);
END
$$;

-- Where the job of an id is kept: under its pack and slot when it was issued here, else under its key.
CREATE FUNCTION @schema@.locate(p_id uuid, p_pack bigint, p_slot integer, OUT pack bigint, OUT slot integer) LANGUAGE plpgsql STABLE AS
$$
BEGIN
    IF p_pack IS NOT NULL THEN
        SELECT j.pack, j.slot INTO pack, slot FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot AND j.id IS NULL;
    END IF;
    IF pack IS NULL THEN
        SELECT k.pack, k.slot INTO pack, slot FROM @schema@.job_key k WHERE k.scope = '' AND k.key = p_id::text;
    END IF;
END
$$;
