-- Jobs that more than priority and age decide about, a row per job beside the ranges. A plain job touches none of these tables; a
-- claim and an outcome look at them once, to see that they are empty.
--
-- A gated job (concurrency key, fairness key, or last in, first out) is claimed from gated. Every way for it to become due is a row of
-- scheduled with its gate: an insert, a retry or a takeover takes no lock that others want, not even in an open transaction of the
-- application. Whoever claims moves what is due, one at a time.

CREATE FUNCTION @schema@.key_lock(kind text, key text) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended('@name@.' || kind || '.' || key, 0) $$;

-- How a job ended: 3 completed, 4 failed, 5 cancelled, 0 not, null when there is no such job any more.
CREATE FUNCTION @schema@.end_of(p_pack bigint, p_slot integer) RETURNS integer LANGUAGE plpgsql AS
$$
BEGIN
    RETURN coalesce(
        (SELECT e.status FROM @schema@.ended e WHERE e.pack = p_pack AND e.slot = p_slot),
        (SELECT 3 FROM (SELECT r.hi FROM @schema@.receipt r WHERE r.pack = p_pack AND r.lo <= p_slot ORDER BY r.lo DESC LIMIT 1) r WHERE r.hi >= p_slot),
        (SELECT 0 FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot));
END
$$;

-- Makes jobs pending that are nowhere else: new ones, released ones, and those that are run again after their end. The one routine
-- that knows of all keys; p_join: whether to enter the line of an ordering key at its end.
CREATE FUNCTION @schema@.admit(p_packs bigint[], p_slots integer[], p_dues timestamptz[], p_attempts integer[], p_takeovers integer[], p_keeps bigint[], p_join boolean)
RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    j record;
BEGIN
    IF p_join THEN
        PERFORM pg_advisory_xact_lock(@schema@.key_lock('line', k.key)) FROM (
            SELECT DISTINCT q.ordering_key AS key FROM unnest(p_packs, p_slots) u(pack, slot)
            JOIN @schema@.job q ON q.pack = u.pack AND q.slot = u.slot
            WHERE q.ordering_key IS NOT NULL ORDER BY q.ordering_key) k;
    END IF;
    FOR j IN
        SELECT u.pack, u.slot, u.due_at, u.attempt, u.takeovers, q.name, q.queue, q.priority,
            q.ordering_key, u.keep,
            CASE WHEN q.concurrency_key IS NULL AND q.fairness_key IS NULL AND q.lifo IS NULL THEN NULL ELSE coalesce(q.concurrency_key, '') END AS gate
        FROM unnest(p_packs, p_slots, p_dues, p_attempts, p_takeovers, p_keeps) WITH ORDINALITY u(pack, slot, due_at, attempt, takeovers, keep, n)
        CROSS JOIN LATERAL (
            SELECT q.* FROM @schema@.job q WHERE q.pack = u.pack AND q.slot = u.slot) q
        ORDER BY u.n
    LOOP
        IF p_join AND j.ordering_key IS NOT NULL THEN
            INSERT INTO @schema@.line (key, position, pack, slot)
            VALUES (j.ordering_key, nextval('@schema@.line_seq'), j.pack, j.slot)
            ON CONFLICT DO NOTHING;
        END IF;
        IF EXISTS (SELECT FROM @schema@.dependency d WHERE d.pack = j.pack AND d.slot = j.slot)
            OR (j.ordering_key IS NOT NULL AND NOT @schema@.is_first(j.ordering_key, j.pack, j.slot)) THEN
            INSERT INTO @schema@.waiting (pack, slot, due_at, attempt, takeovers, keep) VALUES (j.pack, j.slot, j.due_at, j.attempt, j.takeovers, j.keep);
        ELSIF j.gate IS NOT NULL OR j.due_at > v_now THEN
            INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep, gate)
            VALUES (j.due_at, j.pack, j.slot, j.slot, j.name, j.queue, ~j.priority, j.attempt, j.takeovers, j.keep, j.gate);
        ELSE
            INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
            VALUES (j.name, j.queue, ~j.priority, j.due_at, j.pack, j.slot, j.slot, j.attempt, j.takeovers, j.keep);
        END IF;
    END LOOP;
END
$$;

CREATE FUNCTION @schema@.is_first(p_key text, p_pack bigint, p_slot integer) RETURNS boolean LANGUAGE plpgsql AS
$$
DECLARE
    v_pack bigint;
    v_slot integer;
BEGIN
    SELECT l.pack, l.slot INTO v_pack, v_slot FROM @schema@.line l WHERE l.key = p_key ORDER BY l.position LIMIT 1;
    RETURN v_pack IS NULL OR (v_pack, v_slot) = (p_pack, p_slot);
END
$$;

-- Admits new jobs, of which the caller knows everything and has seen to it that all parents exist.
--
-- In a transaction with a snapshot of its own (REPEATABLE READ, SERIALIZABLE) nothing is looked up: what it sees may be old, and each
-- page that it reads could make it fail. Jobs that may have to wait do wait then, unsettled, and whoever claims next looks after them.
CREATE FUNCTION @schema@.admit_new(
    p_packs bigint[], p_slots integer[], p_dues timestamptz[], p_keeps bigint[], p_names text[], p_queues text[], p_ranks integer[],
    p_gates text[], p_lines text[], p_depend boolean[],
    y_packs bigint[], y_slots integer[], y_parent_packs bigint[], y_parent_slots integer[])
RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_sees boolean := current_setting('transaction_isolation') = 'read committed';
    v_waits boolean[];
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.key_lock('line', k.key))
    FROM (SELECT DISTINCT u.key FROM unnest(p_lines) u(key) WHERE u.key IS NOT NULL ORDER BY u.key) k;
    INSERT INTO @schema@.dependency (parent_pack, parent_slot, pack, slot)
    SELECT y.parent_pack, y.parent_slot, y.pack, y.slot
    FROM unnest(y_packs, y_slots, y_parent_packs, y_parent_slots) y(pack, slot, parent_pack, parent_slot)
    ON CONFLICT DO NOTHING;
    INSERT INTO @schema@.line (key, position, pack, slot)
    SELECT u.key, nextval('@schema@.line_seq'), u.pack, u.slot FROM unnest(p_packs, p_slots, p_lines) u(pack, slot, key) WHERE u.key IS NOT NULL;

    v_waits := ARRAY(
        SELECT u.depends OR (u.key IS NOT NULL AND CASE WHEN v_sees THEN NOT @schema@.is_first(u.key, u.pack, u.slot) ELSE true END)
        FROM unnest(p_packs, p_slots, p_lines, p_depend) WITH ORDINALITY u(pack, slot, key, depends, n) ORDER BY u.n);
    INSERT INTO @schema@.waiting (pack, slot, due_at, attempt, takeovers, keep)
    SELECT u.pack, u.slot, u.due_at, 0, 0, u.keep
    FROM unnest(p_packs, p_slots, p_dues, p_keeps, v_waits) u(pack, slot, due_at, keep, waits) WHERE u.waits;
    INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep, gate)
    SELECT u.due_at, u.pack, u.slot, u.slot, u.name, u.queue, u.rank, 0, 0, u.keep, u.gate
    FROM unnest(p_packs, p_slots, p_dues, p_keeps, v_waits, p_names, p_queues, p_ranks, p_gates) u(pack, slot, due_at, keep, waits, name, queue, rank, gate)
    WHERE NOT u.waits AND (u.gate IS NOT NULL OR u.due_at > v_now);
    INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
    SELECT u.name, u.queue, u.rank, u.due_at, u.pack, u.slot, u.slot, 0, 0, u.keep
    FROM unnest(p_packs, p_slots, p_dues, p_keeps, v_waits, p_names, p_queues, p_ranks, p_gates) u(pack, slot, due_at, keep, waits, name, queue, rank, gate)
    WHERE NOT u.waits AND u.gate IS NULL AND u.due_at <= v_now;
    IF y_packs IS NOT NULL AND v_sees THEN
        PERFORM @schema@.check_waiting(p_packs, p_slots);
    END IF;
END
$$;

-- Releases those of the given waiting jobs that nothing blocks any more. Their rows are locked first, in one order for everybody: of
-- two that end the last two dependencies at a time, the second sees what the first one did.
CREATE FUNCTION @schema@.release_waiting(p_packs bigint[], p_slots integer[]) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_packs bigint[];
    v_slots integer[];
    v_dues timestamptz[];
    v_attempts integer[];
    v_takeovers integer[];
    v_keeps bigint[];
BEGIN
    PERFORM FROM @schema@.waiting w JOIN unnest(p_packs, p_slots) u(pack, slot) ON w.pack = u.pack AND w.slot = u.slot
    ORDER BY w.pack, w.slot FOR UPDATE OF w;
    WITH free AS (
        DELETE FROM @schema@.waiting w USING unnest(p_packs, p_slots) u(pack, slot)
        WHERE w.pack = u.pack AND w.slot = u.slot
            AND NOT EXISTS (SELECT FROM @schema@.dependency d WHERE d.pack = w.pack AND d.slot = w.slot)
            AND NOT EXISTS (
                SELECT FROM @schema@.line mine JOIN @schema@.line l ON l.key = mine.key AND l.position < mine.position
                WHERE mine.pack = w.pack AND mine.slot = w.slot)
        RETURNING w.*)
    SELECT array_agg(f.pack), array_agg(f.slot), array_agg(greatest(f.due_at, v_now)), array_agg(f.attempt), array_agg(f.takeovers), array_agg(f.keep)
    INTO v_packs, v_slots, v_dues, v_attempts, v_takeovers, v_keeps FROM free f;
    IF v_packs IS NOT NULL THEN
        PERFORM @schema@.admit(v_packs, v_slots, v_dues, v_attempts, v_takeovers, v_keeps, false);
        PERFORM pg_notify('@channel@', 'r ');
    END IF;
END
$$;

-- Fails waiting jobs, and all that depend on them, because one that they depend on did not complete.
CREATE FUNCTION @schema@.doom(p_packs bigint[], p_slots integer[], p_parent_packs bigint[], p_parent_slots integer[]) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_packs bigint[];
    v_slots integer[];
    v_parent_packs bigint[];
    v_parent_slots integer[];
BEGIN
    WITH RECURSIVE doomed AS (
        SELECT u.pack, u.slot, u.parent_pack, u.parent_slot FROM unnest(p_packs, p_slots, p_parent_packs, p_parent_slots) u(pack, slot, parent_pack, parent_slot)
        UNION
        SELECT d.pack, d.slot, d.parent_pack, d.parent_slot
        FROM doomed q JOIN @schema@.dependency d ON d.parent_pack = q.pack AND d.parent_slot = q.slot)
    SELECT array_agg(f.pack), array_agg(f.slot), array_agg(f.parent_pack), array_agg(f.parent_slot)
    INTO v_packs, v_slots, v_parent_packs, v_parent_slots
    FROM (SELECT DISTINCT ON (d.pack, d.slot) d.* FROM doomed d ORDER BY d.pack, d.slot) f;

    PERFORM FROM @schema@.waiting w JOIN unnest(v_packs, v_slots) u(pack, slot) ON w.pack = u.pack AND w.slot = u.slot
    ORDER BY w.pack, w.slot FOR UPDATE OF w;
    DELETE FROM @schema@.dependency d USING unnest(v_packs, v_slots) u(pack, slot) WHERE d.pack = u.pack AND d.slot = u.slot;
    WITH gone AS (
        DELETE FROM @schema@.waiting w USING unnest(v_packs, v_slots, v_parent_packs, v_parent_slots) u(pack, slot, parent_pack, parent_slot)
        WHERE w.pack = u.pack AND w.slot = u.slot
        RETURNING w.pack, w.slot, w.attempt, u.parent_pack, u.parent_slot)
    INSERT INTO @schema@.ended (pack, slot, status, attempt, reason, error, ended_at, cancelled_at, expires_at)
    SELECT g.pack, g.slot, 4, g.attempt, 7,
        format('Job %s%s, which it depends on, did not complete.', coalesce(p.id, @schema@.job_id(g.parent_pack, g.parent_slot)),
            (SELECT format(' (''%s'')', p.name) WHERE p.name IS NOT NULL)),
        v_now, NULL, v_now + coalesce(j.keep_failed, 1209600000) * interval '1 millisecond'
    FROM gone g
    CROSS JOIN LATERAL (SELECT j.keep_failed FROM @schema@.job j WHERE j.pack = g.pack AND j.slot = g.slot) j
    LEFT JOIN LATERAL (SELECT p.id, p.name FROM @schema@.job p WHERE p.pack = g.parent_pack AND p.slot = g.parent_slot) p ON true;

    SELECT array_agg(j.pack), array_agg(j.slot) INTO v_packs, v_slots
    FROM unnest(v_packs, v_slots) u(pack, slot)
    JOIN @schema@.job j ON j.pack = u.pack AND j.slot = u.slot AND j.keep_failed = 0
    JOIN @schema@.ended e ON e.pack = j.pack AND e.slot = j.slot;
    IF v_packs IS NOT NULL THEN
        PERFORM @schema@.remove_ended(v_packs, v_slots);
    END IF;
    PERFORM pg_notify('@channel@', 'e');
END
$$;

-- After jobs ended, before anything of them is removed: whoever waits for them goes on, or fails with them.
CREATE FUNCTION @schema@.links_ended(p_packs bigint[], p_los integer[], p_his integer[], p_completed boolean) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_packs bigint[];
    v_slots integer[];
    v_parent_packs bigint[];
    v_parent_slots integer[];
    v_keys text[];
BEGIN
    IF EXISTS (SELECT FROM @schema@.dependency) THEN
        SELECT array_agg(d.pack), array_agg(d.slot), array_agg(d.parent_pack), array_agg(d.parent_slot)
        INTO v_packs, v_slots, v_parent_packs, v_parent_slots
        FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi)
        JOIN @schema@.dependency d ON d.parent_pack = u.pack AND d.parent_slot BETWEEN u.lo AND u.hi;
        IF v_packs IS NOT NULL AND p_completed THEN
            PERFORM FROM @schema@.waiting w JOIN unnest(v_packs, v_slots) u(pack, slot) ON w.pack = u.pack AND w.slot = u.slot
            ORDER BY w.pack, w.slot FOR UPDATE OF w;
            DELETE FROM @schema@.dependency d USING unnest(v_parent_packs, v_parent_slots, v_packs, v_slots) u(parent_pack, parent_slot, pack, slot)
            WHERE d.parent_pack = u.parent_pack AND d.parent_slot = u.parent_slot AND d.pack = u.pack AND d.slot = u.slot;
            PERFORM @schema@.release_waiting(v_packs, v_slots);
        ELSIF v_packs IS NOT NULL THEN
            PERFORM @schema@.doom(v_packs, v_slots, v_parent_packs, v_parent_slots);
        END IF;
        IF NOT p_completed THEN
            DELETE FROM @schema@.dependency d USING unnest(p_packs, p_los, p_his) u(pack, lo, hi)
            WHERE d.pack = u.pack AND d.slot BETWEEN u.lo AND u.hi;
        END IF;
    END IF;

    IF EXISTS (SELECT FROM @schema@.line) THEN
        WITH gone AS (
            DELETE FROM @schema@.line l USING unnest(p_packs, p_los, p_his) u(pack, lo, hi)
            WHERE l.pack = u.pack AND l.slot BETWEEN u.lo AND u.hi
            RETURNING l.key)
        SELECT array_agg(DISTINCT g.key) INTO v_keys FROM gone g;
        IF v_keys IS NOT NULL THEN
            SELECT array_agg(f.pack), array_agg(f.slot) INTO v_packs, v_slots
            FROM unnest(v_keys) k(key)
            CROSS JOIN LATERAL (SELECT l.pack, l.slot FROM @schema@.line l WHERE l.key = k.key ORDER BY l.position LIMIT 1) f;
            IF v_packs IS NOT NULL THEN
                PERFORM @schema@.release_waiting(v_packs, v_slots);
            END IF;
        END IF;
    END IF;
END
$$;

-- However a job fails or is cancelled, its row of ended says so.
CREATE FUNCTION @schema@.release_links() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
BEGIN
    IF EXISTS (SELECT FROM @schema@.dependency) OR EXISTS (SELECT FROM @schema@.line) THEN
        PERFORM @schema@.links_ended(array_agg(e.pack), array_agg(e.slot), array_agg(e.slot), false) FROM unhappy e HAVING count(*) > 0;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER release_links AFTER INSERT ON @schema@.ended
    REFERENCING NEW TABLE AS unhappy FOR EACH STATEMENT EXECUTE FUNCTION @schema@.release_links();

-- Looks after waiting jobs whose blockers may have ended unseen: of the given ones, or of all unsettled ones.
CREATE FUNCTION @schema@.check_waiting(p_packs bigint[], p_slots integer[]) RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_packs bigint[];
    v_slots integer[];
    v_parent_packs bigint[];
    v_parent_slots integer[];
    v_free_packs bigint[];
    v_free_slots integer[];
BEGIN
    IF p_packs IS NULL THEN
        SELECT array_agg(w.pack), array_agg(w.slot) INTO p_packs, p_slots
        FROM (SELECT q.pack, q.slot FROM @schema@.waiting q WHERE NOT q.settled ORDER BY q.pack, q.slot LIMIT 1000 FOR UPDATE SKIP LOCKED) w;
        IF p_packs IS NULL THEN
            RETURN;
        END IF;

        -- In one statement, hence one snapshot, with the states of the blockers below being newer still: when nothing that was under way
        -- at the first sight is under way now, nobody has overlooked the row, and nobody will.
        UPDATE @schema@.waiting w SET
            settled = coalesce(pg_snapshot_xmin(pg_current_snapshot()) >= w.seen, false),
            seen = coalesce(w.seen, pg_snapshot_xmax(pg_current_snapshot()))
        FROM unnest(p_packs, p_slots) u(pack, slot) WHERE w.pack = u.pack AND w.slot = u.slot;
    END IF;

    SELECT array_agg(d.pack) FILTER (WHERE e.status IS DISTINCT FROM 3), array_agg(d.slot) FILTER (WHERE e.status IS DISTINCT FROM 3),
        array_agg(d.parent_pack) FILTER (WHERE e.status IS DISTINCT FROM 3), array_agg(d.parent_slot) FILTER (WHERE e.status IS DISTINCT FROM 3)
    INTO v_packs, v_slots, v_parent_packs, v_parent_slots
    FROM unnest(p_packs, p_slots) u(pack, slot)
    JOIN @schema@.dependency d ON d.pack = u.pack AND d.slot = u.slot
    CROSS JOIN LATERAL (SELECT @schema@.end_of(d.parent_pack, d.parent_slot) AS status) e
    WHERE e.status IS DISTINCT FROM 0;
    IF v_packs IS NOT NULL THEN
        PERFORM @schema@.doom(v_packs, v_slots, v_parent_packs, v_parent_slots);
    END IF;

    DELETE FROM @schema@.dependency d USING unnest(p_packs, p_slots) u(pack, slot)
    WHERE d.pack = u.pack AND d.slot = u.slot AND @schema@.end_of(d.parent_pack, d.parent_slot) = 3;
    PERFORM @schema@.release_waiting(p_packs, p_slots);
END
$$;

-- Moves due gated jobs to their streams, opens the streams of keys that have room again, and those whose time has come. One at a time:
-- who waits for a stream here is the only one who waits for any.
CREATE FUNCTION @schema@.move_gated(p_packs bigint[], p_slots integer[], p_dues timestamptz[], p_attempts integer[], p_takeovers integer[], p_keeps bigint[])
RETURNS void LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_gates text[];
BEGIN
    IF p_packs IS NOT NULL THEN
        WITH due AS MATERIALIZED (
            SELECT u.*, j.name, j.queue, ~j.priority AS rank, coalesce(j.fairness_key, '') AS tenant, coalesce(j.concurrency_key, '') AS gate,
                coalesce(j.key_concurrency, 1) AS max_held,
                CASE WHEN j.lifo THEN timestamptz '2000-01-01 00:00:00+00' - (u.due_at - timestamptz '2000-01-01 00:00:00+00') ELSE u.due_at END AS ord
            FROM unnest(p_packs, p_slots, p_dues, p_attempts, p_takeovers, p_keeps) u(pack, slot, due_at, attempt, takeovers, keep)
            CROSS JOIN LATERAL (SELECT j.* FROM @schema@.job j WHERE j.pack = u.pack AND j.slot = u.slot) j),
        head AS (
            SELECT DISTINCT ON (d.name, d.queue, d.tenant, d.gate) d.name, d.queue, d.tenant, d.gate, d.rank, d.ord
            FROM due d ORDER BY d.name, d.queue, d.tenant, d.gate, d.rank, d.ord),
        -- A tenant without due jobs is forgotten, and begins again behind all who wait, unless another stream of it is there.
        stream AS (
            INSERT INTO @schema@.stream AS s (name, queue, tenant, gate, rank, ord, turn, open)
            SELECT h.name, h.queue, h.tenant, h.gate, h.rank, h.ord,
                coalesce(
                    (SELECT q.turn FROM @schema@.stream q WHERE q.name = h.name AND q.queue = h.queue AND q.tenant = h.tenant AND h.tenant <> '' LIMIT 1),
                    (SELECT last_value FROM @schema@.turn_seq)),
                true
            FROM head h ORDER BY h.name, h.queue, h.tenant, h.gate
            ON CONFLICT (name, queue, tenant, gate) DO UPDATE SET
                rank = CASE WHEN (excluded.rank, excluded.ord) < (s.rank, s.ord) THEN excluded.rank ELSE s.rank END,
                ord = CASE WHEN (excluded.rank, excluded.ord) < (s.rank, s.ord) THEN excluded.ord ELSE s.ord END,
                open = s.wakes_at IS NULL
            RETURNING s.id, s.name, s.queue, s.tenant, s.gate)
        INSERT INTO @schema@.gated (stream, rank, ord, pack, slot, due_at, attempt, takeovers, keep, max_held)
        SELECT s.id, d.rank, d.ord, d.pack, d.slot, d.due_at, d.attempt, d.takeovers, d.keep, d.max_held
        FROM due d JOIN stream s ON s.name = d.name AND s.queue = d.queue AND s.tenant = d.tenant AND s.gate = d.gate;
    END IF;

    WITH freed AS (
        DELETE FROM @schema@.gate_freed f
        WHERE f.ctid = ANY (ARRAY(SELECT q.ctid FROM @schema@.gate_freed q LIMIT 10000 FOR UPDATE SKIP LOCKED))
        RETURNING f.gate)
    SELECT array_agg(DISTINCT f.gate) INTO v_gates FROM freed f;
    IF v_gates IS NOT NULL THEN
        UPDATE @schema@.stream s SET open = true WHERE s.gate = ANY (v_gates) AND s.gate <> '' AND NOT s.open AND s.wakes_at IS NULL;
    END IF;
    UPDATE @schema@.stream s SET open = true, wakes_at = NULL WHERE s.wakes_at <= v_now;
END
$$;

-- Sets streams to their first jobs, and closes those whose keys are at their limit. The caller holds their rows.
CREATE FUNCTION @schema@.relist(p_streams bigint[]) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    DELETE FROM @schema@.stream s
    WHERE s.id = ANY (p_streams) AND NOT EXISTS (SELECT FROM @schema@.gated g WHERE g.stream = s.id);
    UPDATE @schema@.stream s SET
        rank = f.rank, ord = f.ord,
        open = s.wakes_at IS NULL AND (s.gate = '' OR (SELECT count(*) FROM @schema@.lease l WHERE l.gate = s.gate) < f.max_held)
    FROM unnest(p_streams) u(id)
    CROSS JOIN LATERAL (SELECT g.rank, g.ord, g.max_held FROM @schema@.gated g WHERE g.stream = u.id ORDER BY g.rank, g.ord, g.pack, g.slot LIMIT 1) f
    WHERE s.id = u.id;
END
$$;

-- What a claim may choose from among gated jobs, best first. Their streams and rows are locked, and nobody is waited for: what others
-- look at is passed over. Among tenants the turns decide; at puts them into one order with all other jobs. running: how many are held with the key, counted in a statement after its lock was taken; the count cannot
-- rise before this transaction has ended.
CREATE FUNCTION @schema@.gated_candidates(p_max integer, p_names text[], p_queues text[])
RETURNS TABLE (place tid, stream bigint, name text, queue text, tenant text, gate text, running integer, max_held integer, rank integer, at timestamptz)
LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
    v_streams bigint[];
    v_turns bigint[];
BEGIN
    WITH RECURSIVE lane AS (
        SELECT f.* FROM unnest(p_names) n(name) CROSS JOIN LATERAL (
            SELECT s.name, s.queue FROM @schema@.stream s WHERE s.name = n.name ORDER BY s.name, s.queue LIMIT 1) f
        UNION ALL
        SELECT f.* FROM lane l CROSS JOIN LATERAL (
            SELECT s.name, s.queue FROM @schema@.stream s WHERE s.name = l.name AND s.queue > l.queue ORDER BY s.name, s.queue LIMIT 1) f)
    SELECT array_agg(f.id) INTO v_streams
    FROM lane l CROSS JOIN LATERAL (
        SELECT * FROM (
            SELECT s.id FROM @schema@.stream s
            WHERE s.name = l.name AND s.queue = l.queue AND s.open AND s.tenant = ''
                AND NOT EXISTS (SELECT FROM @schema@.pause p WHERE p.scope = 4 AND p.key = s.gate)
            ORDER BY s.name, s.queue, s.rank, s.ord LIMIT p_max FOR UPDATE SKIP LOCKED) a
        UNION ALL
        SELECT * FROM (
            SELECT s.id FROM @schema@.stream s
            WHERE s.name = l.name AND s.queue = l.queue AND s.open AND s.tenant <> ''
                AND NOT EXISTS (SELECT FROM @schema@.pause p WHERE p.scope = 4 AND p.key = s.gate)
            ORDER BY s.name, s.queue, s.rank, s.turn, s.ord LIMIT p_max FOR UPDATE SKIP LOCKED) b) f
    WHERE (p_queues IS NULL OR l.queue = ANY (p_queues))
        AND NOT EXISTS (SELECT FROM @schema@.pause p WHERE p.scope = 1 AND p.key = l.queue);
    IF v_streams IS NULL THEN
        RETURN;
    END IF;

    -- The key's lock: another stream of the same key, under another name or queue, may be in other hands.
    v_streams := ARRAY(
        SELECT s.id FROM unnest(v_streams) u(id) JOIN @schema@.stream s ON s.id = u.id
        WHERE CASE WHEN s.gate = '' THEN true ELSE pg_try_advisory_xact_lock(@schema@.key_lock('gate', s.gate)) END);

    RETURN QUERY
        SELECT c.place, c.stream, c.name, c.queue, c.tenant, c.gate, c.running, c.max_held, c.rank,
            CASE WHEN c.tenant = '' THEN c.ord
                ELSE max(c.ord) OVER w + row_number() OVER w * interval '1 microsecond' END AS at
        FROM (
            SELECT g.place, s.id AS stream, s.name, s.queue, s.tenant, s.gate, s.running, g.max_held, g.rank, g.ord, s.turn,
                row_number() OVER (PARTITION BY s.name, s.queue, s.tenant, g.rank ORDER BY g.ord) AS k
            FROM (
                SELECT q.*, CASE WHEN q.gate = '' THEN 0 ELSE (SELECT count(*) FROM @schema@.lease l WHERE l.gate = q.gate) END::integer AS running
                FROM unnest(v_streams) u(id) JOIN @schema@.stream q ON q.id = u.id) s
            CROSS JOIN LATERAL (
                SELECT x.max_held AS first_max FROM @schema@.gated x WHERE x.stream = s.id ORDER BY x.rank, x.ord, x.pack, x.slot LIMIT 1) m
            CROSS JOIN LATERAL (
                SELECT x.ctid AS place, x.rank, x.ord, x.max_held FROM @schema@.gated x
                WHERE x.stream = s.id
                ORDER BY x.rank, x.ord, x.pack, x.slot
                LIMIT CASE WHEN s.gate = '' THEN p_max ELSE least(p_max, greatest(m.first_max - s.running, 0)) END FOR UPDATE SKIP LOCKED) g) c
        WINDOW w AS (PARTITION BY c.name, c.queue, c.tenant = '', c.rank ORDER BY c.k, c.turn, c.ord ROWS UNBOUNDED PRECEDING)
        ORDER BY c.rank, at, c.ord;

    -- Those with nothing to offer are set right, so that nobody looks at them in vain again.
    PERFORM @schema@.relist(array_agg(s.id)) FROM (
        SELECT u.id FROM unnest(v_streams) u(id) JOIN @schema@.stream q ON q.id = u.id
        LEFT JOIN LATERAL (SELECT x.max_held, x.rank, x.ord FROM @schema@.gated x WHERE x.stream = u.id ORDER BY x.rank, x.ord, x.pack, x.slot LIMIT 1) x ON true
        WHERE x.max_held IS NULL OR (q.rank, q.ord) IS DISTINCT FROM (x.rank, x.ord)
            OR (q.gate <> '' AND (SELECT count(*) FROM @schema@.lease l WHERE l.gate = q.gate) >= x.max_held)) s
    HAVING count(*) > 0;
END
$$;

-- Room under the limits that the workers share, one number per limit; null for limits per key. Claims under one limit take turns: the
-- count is read in a statement after the lock, and cannot rise before this transaction has ended.
CREATE FUNCTION @schema@.shared_rooms(
    l_ids text[], l_queues text[], l_maxes integer[], l_intervals bigint[], l_bursts integer[], l_per_key boolean[], n_limits integer[], n_names text[],
    p_relevant boolean[])
RETURNS integer[] LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(@schema@.key_lock('limit', l.id)) FROM (
        SELECT u.id FROM unnest(l_ids, l_per_key, p_relevant) u(id, per_key, relevant) WHERE NOT u.per_key AND u.relevant ORDER BY u.id) l;
    v_now := (SELECT @schema@.clock());
    RETURN ARRAY(
        SELECT CASE WHEN l.per_key OR NOT l.relevant THEN NULL ELSE least(
            CASE WHEN l.max_held IS NOT NULL THEN greatest(0, l.max_held - (
                SELECT coalesce(sum(h.hi - h.lo + 1), 0) FROM @schema@.lease h
                WHERE (l.queue IS NULL OR h.queue = l.queue) AND @schema@.covers(l.n::integer, h.name, n_limits, n_names))) END,
            @schema@.permits(l.id, l.interval_us, l.burst, v_now))::integer END
        FROM unnest(l_ids, l_queues, l_maxes, l_intervals, l_bursts, l_per_key, p_relevant)
            WITH ORDINALITY l(id, queue, max_held, interval_us, burst, per_key, relevant, n)
        ORDER BY l.n);
END
$$;

-- Whether a limit covers a name; a limit without names covers all.
CREATE FUNCTION @schema@.covers(p_limit integer, p_name text, n_limits integer[], n_names text[]) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
    RETURN n_limits IS NULL OR p_limit <> ALL (n_limits) OR EXISTS (SELECT FROM unnest(n_limits, n_names) n(i, name) WHERE n.i = p_limit AND n.name = p_name);
END
$$;

-- The limits that cover a name in a queue, but for those per key.
CREATE FUNCTION @schema@.limits_of(p_name text, p_queue text, l_queues text[], l_per_key boolean[], n_limits integer[], n_names text[])
RETURNS integer[] LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
    RETURN ARRAY(
        SELECT i FROM generate_subscripts(l_per_key, 1) i
        WHERE NOT l_per_key[i] AND (l_queues[i] IS NULL OR l_queues[i] = p_queue) AND @schema@.covers(i, p_name, n_limits, n_names));
END
$$;

CREATE FUNCTION @schema@.less(p_rooms integer[], p_limits integer[], p_take integer) RETURNS integer[] LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
    FOR i IN 1..cardinality(p_limits) LOOP
        p_rooms[p_limits[i]] := p_rooms[p_limits[i]] - p_take;
    END LOOP;
    RETURN p_rooms;
END
$$;

-- Takes the permits that a key's own limits ask for, and answers null; or, when one has none, suspends the stream until it has, and
-- answers when. The key's lock is held.
CREATE FUNCTION @schema@.key_permit(
    p_name text, p_queue text, p_gate text, p_stream bigint,
    l_ids text[], l_queues text[], l_intervals bigint[], l_bursts integer[], l_per_key boolean[], n_limits integer[], n_names text[])
RETURNS timestamptz LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_own integer[] := ARRAY(
        SELECT i FROM generate_subscripts(l_per_key, 1) i
        WHERE l_per_key[i] AND (l_queues[i] IS NULL OR l_queues[i] = p_queue) AND @schema@.covers(i, p_name, n_limits, n_names));
    v_at timestamptz;
BEGIN
    SELECT max(@schema@.next_permit(l_ids[i] || E'\n' || p_gate, l_intervals[i], l_bursts[i])) INTO v_at
    FROM unnest(v_own) i WHERE @schema@.permits(l_ids[i] || E'\n' || p_gate, l_intervals[i], l_bursts[i], v_now) = 0;
    IF v_at IS NOT NULL THEN
        UPDATE @schema@.stream s SET open = false, wakes_at = v_at WHERE s.id = p_stream;
        RETURN v_at;
    END IF;
    PERFORM @schema@.take_permits(l_ids[i] || E'\n' || p_gate, l_intervals[i], 1, v_now) FROM unnest(v_own) i;
    RETURN NULL;
END
$$;

-- Tenants had their turns, in this order: all their streams of the lane share it, but for those in other hands.
CREATE FUNCTION @schema@.count_turns(p_names text[], p_queues text[], p_tenants text[]) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    WITH turn AS MATERIALIZED (
        SELECT t.name, t.queue, t.tenant, nextval('@schema@.turn_seq') AS turn FROM (
            SELECT u.name, u.queue, u.tenant FROM unnest(p_names, p_queues, p_tenants) WITH ORDINALITY u(name, queue, tenant, n)
            GROUP BY u.name, u.queue, u.tenant ORDER BY max(u.n)) t),
    mine AS MATERIALIZED (
        SELECT s.id, t.turn FROM turn t CROSS JOIN LATERAL (
            SELECT q.id FROM @schema@.stream q WHERE q.name = t.name AND q.queue = t.queue AND q.tenant = t.tenant FOR UPDATE SKIP LOCKED) s)
    UPDATE @schema@.stream s SET turn = m.turn FROM mine m WHERE s.id = m.id;
END
$$;

-- The permits in a bucket; null without a rate.
CREATE FUNCTION @schema@.permits(p_id text, p_interval bigint, p_burst integer, p_now timestamptz) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_full_at timestamptz;
BEGIN
    IF p_interval IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT b.full_at INTO v_full_at FROM @schema@.bucket b WHERE b.id = p_id;
    RETURN greatest(0, floor((p_burst * p_interval - extract(epoch FROM greatest(v_full_at, p_now) - p_now) * 1000000) / p_interval))::integer;
END
$$;

-- When a bucket has a permit.
CREATE FUNCTION @schema@.next_permit(p_id text, p_interval bigint, p_burst integer) RETURNS timestamptz LANGUAGE plpgsql AS
$$
BEGIN
    RETURN (SELECT b.full_at - (p_burst - 1) * p_interval * interval '1 microsecond' FROM @schema@.bucket b WHERE b.id = p_id);
END
$$;

CREATE FUNCTION @schema@.take_permits(p_id text, p_interval bigint, p_permits integer, p_now timestamptz) RETURNS void LANGUAGE plpgsql AS
$$
BEGIN
    INSERT INTO @schema@.bucket AS b (id, full_at) VALUES (p_id, p_now + p_permits * p_interval * interval '1 microsecond')
    ON CONFLICT (id) DO UPDATE SET full_at = greatest(b.full_at, p_now) + p_permits * p_interval * interval '1 microsecond';
END
$$;

-- Fails gated jobs that have been due for a while and whose name no live worker knows.
CREATE FUNCTION @schema@.fail_gated_orphans(p_since timestamptz, p_batch integer) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_count integer;
    v_packs bigint[];
    v_slots integer[];
BEGIN
    IF NOT EXISTS (SELECT FROM @schema@.stream) THEN
        RETURN 0;
    END IF;
    WITH orphan AS MATERIALIZED (
        SELECT s.id, s.name FROM @schema@.stream s
        WHERE NOT EXISTS (SELECT FROM @schema@.worker w WHERE (w.dead_at IS NULL OR w.seen_at > p_since) AND s.name = ANY (w.names))),
    gone AS (
        DELETE FROM @schema@.gated g
        WHERE g.ctid = ANY (ARRAY(
            SELECT f.place FROM orphan o CROSS JOIN LATERAL (
                SELECT q.ctid AS place FROM @schema@.gated q WHERE q.stream = o.id AND q.due_at <= p_since LIMIT p_batch FOR UPDATE SKIP LOCKED) f
            LIMIT p_batch))
        RETURNING g.pack, g.slot, g.attempt)
    INSERT INTO @schema@.ended (pack, slot, status, attempt, reason, error, ended_at, expires_at)
    SELECT g.pack, g.slot, 4, g.attempt, 3, format('No live worker knows a job ''%s''.', j.name), v_now,
        v_now + coalesce(j.keep_failed, 1209600000) * interval '1 millisecond'
    FROM gone g JOIN @schema@.job j ON j.pack = g.pack AND j.slot = g.slot;
    GET DIAGNOSTICS v_count = ROW_COUNT;
    IF v_count > 0 THEN
        SELECT array_agg(e.pack), array_agg(e.slot) INTO v_packs, v_slots
        FROM @schema@.ended e JOIN @schema@.job j ON j.pack = e.pack AND j.slot = e.slot AND j.keep_failed = 0 WHERE e.ended_at = v_now;
        IF v_packs IS NOT NULL THEN
            PERFORM @schema@.remove_ended(v_packs, v_slots);
        END IF;
    END IF;
    RETURN v_count;
END
$$;
