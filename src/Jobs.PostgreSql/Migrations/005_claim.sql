-- Feeds ready from scheduled. Rows of scheduled are never updated, so a row that the locking query returns is the one that the
-- DELETE deletes. p_since: from which due time on, for those who know that nothing is before it; dead entries are.
CREATE FUNCTION @schema@.move_due(p_limit integer, p_since timestamptz) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_mover boolean := pg_try_advisory_xact_lock(@schema@.key_lock('mover', ''));
    v_count integer;
    v_packs bigint[];
    v_slots integer[];
    v_dues timestamptz[];
    v_attempts integer[];
    v_takeovers integer[];
    v_keeps bigint[];
BEGIN
    WITH due AS (
        DELETE FROM @schema@.scheduled s
        WHERE s.ctid = ANY (ARRAY(
            SELECT d.ctid FROM @schema@.scheduled d
            WHERE d.due_at >= coalesce(p_since, '-infinity') AND d.due_at <= v_now AND (d.gate IS NULL OR v_mover)
            ORDER BY d.due_at, d.pack, d.hi LIMIT p_limit FOR UPDATE SKIP LOCKED))
        RETURNING s.*),
    plain AS (
        INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
        SELECT d.name, d.queue, d.rank, d.due_at, d.pack, d.hi, d.lo, d.attempt, d.takeovers, d.keep FROM due d WHERE d.gate IS NULL)
    SELECT count(*), array_agg(d.pack) FILTER (WHERE d.gate IS NOT NULL), array_agg(d.hi) FILTER (WHERE d.gate IS NOT NULL),
        array_agg(d.due_at) FILTER (WHERE d.gate IS NOT NULL), array_agg(d.attempt) FILTER (WHERE d.gate IS NOT NULL),
        array_agg(d.takeovers) FILTER (WHERE d.gate IS NOT NULL), array_agg(d.keep) FILTER (WHERE d.gate IS NOT NULL)
    INTO v_count, v_packs, v_slots, v_dues, v_attempts, v_takeovers, v_keeps FROM due d;
    IF v_packs IS NOT NULL THEN
        PERFORM @schema@.move_gated(v_packs, v_slots, v_dues, v_attempts, v_takeovers, v_keeps);
    END IF;
    RETURN v_count;
END
$$;

-- Claims jobs by priority, then age, within the limits. Answers a row per job, range by range, with what a range's
-- jobs share only on its first; and, when fewer were found than asked for, a row with index -1: created_at is when the next job
-- becomes due, attempt is 1 when ready jobs were passed over because another claim was looking at them.
--
-- Dead entries, which an open transaction of anybody keeps in the index, lie before the first range of each lane, and finding it
-- walks over them. When they were more than p_slow, the answer has rows with index -2: one without a name (attempt is how many
-- milliseconds the walk took, created_at the time before which nothing is left that is due), and one per lane and rank, which says
-- where this claim stopped (priority is the rank, created_at the due time, slot is hi). A caller that gives these fronts back, in order
-- (f_…), and that time (p_since), gets a claim that looks only from there on: in each rank from its front to where the next rank
-- with a front begins. With p_wide it looks at all other ranks and lanes as well. What came in before the fronts and the time is found
-- by a claim without them.
--
-- p_short: whether to look first whether all that is ready can be taken, for those who found little the last time.
--
-- Candidates are locked in one statement (per lane, i.e. name and queue, the first few of ready's primary key) and moved in the
-- next: only its RETURNING says what was claimed. Within one statement the locking query can return a newer version of a row
-- that the DELETE does not see, and the same jobs would run twice.
CREATE FUNCTION @schema@.claim(
    p_worker text, p_nonce bigint, p_max integer, p_names text[], p_queues text[],
    p_limited_names text[], p_name_rooms integer[], p_limited_queues text[], p_queue_rooms integer[],
    f_names text[], f_queues text[], f_ranks integer[], f_dues timestamptz[], f_packs bigint[], f_his integer[], p_wide boolean, p_since timestamptz, p_slow integer, p_short boolean,
    l_ids text[], l_queues text[], l_maxes integer[], l_intervals bigint[], l_bursts integer[], l_per_key boolean[], n_limits integer[], n_names text[])
RETURNS TABLE (
    index integer, token bigint, claimed_at timestamptz, name text, queue text, priority integer, attempt integer,
    pack bigint, slot integer, created_at timestamptz, policy text, payload bytea,
    id uuid, idempotency_key text, submitter text, tags text[], metadata text, trace_parent text, gates text[])
LANGUAGE plpgsql AS
$$
#variable_conflict use_column
DECLARE
    v_now timestamptz;
    v_next timestamptz;
    v_room integer := p_max;
    v_depth integer := 2;
    v_lane_names text[];
    v_lane_queues text[];
    v_lane_ranks integer[];
    v_lane_dues timestamptz[];
    v_lane_packs bigint[];
    v_lane_his integer[];
    v_lane_lasts integer[];
    v_token bigint;
    v_more boolean;
    v_take integer;
    v_whole tid[];
    v_trims tid[];
    v_trim_takes integer[];
    v_expected integer;
    v_moved integer;
    v_n integer;
    v_q integer;
    v_walk timestamptz;
    v_walked integer;
    v_entries bigint;
    v_since timestamptz;
    v_listed boolean;
    v_paused boolean;
    v_unsettled boolean;
    v_gated boolean;
    v_plain boolean;
    v_fronts boolean;
    v_few boolean;
    v_many boolean;
    v_permit timestamptz;
    v_rooms integer[];
    v_given integer[];
    v_own integer[];
    v_relevant boolean[];
    v_touched bigint[];
    v_freed boolean;
    g_places tid[];
    g_streams bigint[];
    g_names text[];
    g_queues text[];
    g_tenants text[];
    g_gates text[];
    g_running integer[];
    g_maxes integer[];
    g_ranks integer[];
    g_ats timestamptz[];
    g_taken integer[] := '{}';
    g_skipped integer[] := '{}';
    v_paused_queues text[] := '{}';
    c record;
BEGIN
    -- One look at everything that most storages have nothing of. The time is read after the snapshot that shows the worker: a lease
    -- older than its worker's registration is one from before it was declared dead.
    SELECT EXISTS (SELECT FROM @schema@.worker w WHERE w.id = p_worker AND w.dead_at IS NULL),
        EXISTS (SELECT FROM @schema@.pause),
        EXISTS (SELECT FROM @schema@.waiting w WHERE NOT w.settled),
        EXISTS (SELECT FROM @schema@.stream),
        (SELECT @schema@.clock()),
        (SELECT s.due_at FROM @schema@.scheduled s WHERE s.due_at >= coalesce(p_since, '-infinity') ORDER BY s.due_at, s.pack, s.hi LIMIT 1)
    INTO v_listed, v_paused, v_unsettled, v_gated, v_now, v_next;

    -- What a worker that is not on the list took, nobody would take over.
    IF NOT v_listed THEN
        p_names := '{}';
    END IF;

    IF v_paused THEN
        SELECT coalesce(array_agg(p.key) FILTER (WHERE p.scope = 1), '{}'),
            ARRAY(SELECT n FROM unnest(p_names) n
                WHERE n <> ALL (coalesce(array_agg(p.key) FILTER (WHERE p.scope = 2), '{}'))
                    AND NOT bool_or(p.scope = 0 OR (p.scope = 3 AND p.key = p_worker)))
        INTO v_paused_queues, p_names
        FROM @schema@.pause p;
    END IF;

    IF v_next <= v_now THEN
        PERFORM @schema@.move_due(greatest(p_max, 1000), p_since);
        v_gated := EXISTS (SELECT FROM @schema@.stream);
        SELECT s.due_at INTO v_next FROM @schema@.scheduled s WHERE s.due_at >= coalesce(p_since, '-infinity') ORDER BY s.due_at, s.pack, s.hi LIMIT 1;
    END IF;
    -- Of what becomes visible late, a moment's worth is looked at again.
    v_since := least(v_now - interval '500 milliseconds', v_next);

    v_walk := clock_timestamp();

    -- When little is ready, all of it is taken, whatever its order: the front of each name, and no more than that.
    v_few := p_short AND f_names IS NULL AND NOT (v_gated OR v_unsettled OR v_paused) AND l_ids IS NULL
        AND p_queues IS NULL AND p_limited_names IS NULL AND p_limited_queues IS NULL;
    IF v_few THEN
        v_entries := pg_stat_get_xact_tuples_returned('@schema@.ready_pkey'::regclass);
        SELECT array_agg(f.place), sum(f.jobs), max(f.n) > 2 INTO v_whole, v_take, v_many
        FROM unnest(p_names) n(name) CROSS JOIN LATERAL (
            SELECT r.place, r.jobs, row_number() OVER () AS n FROM (
                SELECT r.ctid AS place, r.hi - r.lo + 1 AS jobs FROM @schema@.ready r WHERE r.name = n.name
                ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT 3 FOR UPDATE SKIP LOCKED) r) f;
        v_few := coalesce(v_take <= p_max AND NOT v_many, false)
            AND pg_stat_get_xact_tuples_returned('@schema@.ready_pkey'::regclass) - v_entries <= p_slow;
    END IF;

    -- The lanes that have anything, found by jumping from one to the next in ready's primary key, with the first row of each: dead
    -- entries, which an open transaction of anybody keeps in the index, lie before it and are walked over only once. With fronts, a
    -- lane is a stretch of ranks that begins at one, and the jumps are between them: at lanes without any, and at ranks above the first.
    v_entries := pg_stat_get_xact_tuples_returned('@schema@.ready_pkey'::regclass);
    IF v_few THEN
        v_walked := 0;
    ELSIF f_names IS NULL OR p_wide THEN
        WITH RECURSIVE front AS MATERIALIZED (
            SELECT f.*, coalesce(lead(f.rank) OVER w - 1, 2147483647) AS last, row_number() OVER w = 1 AS is_first
            FROM unnest(f_names, f_queues, f_ranks, f_dues, f_packs, f_his) f(name, queue, rank, due_at, pack, hi)
            WHERE f.name = ANY (p_names)
            WINDOW w AS (PARTITION BY f.name, f.queue ORDER BY f.rank)),
        edge AS (
            SELECT n.name, '' AS queue FROM unnest(p_names) n(name)
            UNION ALL
            SELECT f.name, f.queue FROM front f WHERE f.is_first),
        gap AS (
            -- The names of queues are below chr(127).
            SELECT e.name, e.queue AS above, coalesce(lead(e.queue) OVER (PARTITION BY e.name ORDER BY e.queue COLLATE "C"), chr(127)) AS below FROM edge e),
        lane AS (
            SELECT g.below, f.* FROM gap g CROSS JOIN LATERAL (
                SELECT r.name, r.queue, r.rank, r.due_at, r.pack, r.hi FROM @schema@.ready r WHERE r.name = g.name AND r.queue > g.above AND r.queue < g.below
                ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT 1) f
            UNION ALL
            SELECT l.below, f.* FROM lane l CROSS JOIN LATERAL (
                SELECT r.name, r.queue, r.rank, r.due_at, r.pack, r.hi FROM @schema@.ready r WHERE r.name = l.name AND r.queue > l.queue AND r.queue < l.below
                ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT 1) f),
        stretch AS (
            SELECT f.name, f.queue, f.rank, f.due_at, f.pack, f.hi, f.last FROM front f
            UNION ALL
            SELECT f.name, f.queue, -2147483648, '-infinity', 0, 0, f.rank - 1 FROM front f WHERE f.is_first AND f.rank > -2147483648),
        found AS (
            SELECT l.name, l.queue, l.rank, l.due_at, l.pack, l.hi, 2147483647 AS last FROM lane l
            UNION ALL
            SELECT f.*, t.last FROM stretch t CROSS JOIN LATERAL (
                SELECT r.name, r.queue, r.rank, r.due_at, r.pack, r.hi FROM @schema@.ready r
                WHERE r.name = t.name AND r.queue = t.queue AND (r.rank, r.due_at, r.pack, r.hi) >= (t.rank, t.due_at, t.pack, t.hi) AND r.rank <= t.last
                ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT 1) f)
        SELECT array_agg(l.name), array_agg(l.queue), array_agg(l.rank), array_agg(l.due_at), array_agg(l.pack), array_agg(l.hi), array_agg(l.last)
        INTO v_lane_names, v_lane_queues, v_lane_ranks, v_lane_dues, v_lane_packs, v_lane_his, v_lane_lasts
        FROM found l
        WHERE (p_queues IS NULL OR l.queue = ANY (p_queues)) AND l.queue <> ALL (v_paused_queues);
        v_walked := date_part('epoch', clock_timestamp() - v_walk) * 1000;
        v_entries := pg_stat_get_xact_tuples_returned('@schema@.ready_pkey'::regclass) - v_entries;
    ELSE
        SELECT array_agg(l.name), array_agg(l.queue), array_agg(l.rank), array_agg(l.due_at), array_agg(l.pack), array_agg(l.hi), array_agg(l.last)
        INTO v_lane_names, v_lane_queues, v_lane_ranks, v_lane_dues, v_lane_packs, v_lane_his, v_lane_lasts
        FROM (
            SELECT f.*, coalesce(lead(f.rank) OVER (PARTITION BY f.name, f.queue ORDER BY f.rank) - 1, 2147483647) AS last
            FROM unnest(f_names, f_queues, f_ranks, f_dues, f_packs, f_his) f(name, queue, rank, due_at, pack, hi)) l
        WHERE l.name = ANY (p_names) AND (p_queues IS NULL OR l.queue = ANY (p_queues)) AND l.queue <> ALL (v_paused_queues);
        v_walked := 0;
    END IF;
    -- The lanes' fronts are carried along only for those who want to know them, or to look on from there.
    v_fronts := NOT v_few AND (f_names IS NOT NULL OR v_entries > p_slow);

    IF v_unsettled THEN
        PERFORM @schema@.check_waiting(NULL, NULL);
        v_gated := EXISTS (SELECT FROM @schema@.stream);
    END IF;
    IF v_gated THEN
        IF pg_try_advisory_xact_lock(@schema@.key_lock('mover', '')) THEN
            PERFORM @schema@.move_gated(NULL, NULL, NULL, NULL, NULL, NULL);
        END IF;
    END IF;
    IF l_ids IS NOT NULL THEN
        v_relevant := ARRAY(
            SELECT EXISTS (
                SELECT FROM (
                    SELECT u.name, u.queue FROM unnest(v_lane_names, v_lane_queues) u(name, queue)
                    UNION ALL
                    SELECT s.name, s.queue FROM @schema@.stream s WHERE v_gated AND s.name = ANY (p_names)) u
                WHERE (l.queue IS NULL OR u.queue = l.queue) AND @schema@.covers(l.n::integer, u.name, n_limits, n_names))
            FROM unnest(l_ids, l_queues) WITH ORDINALITY l(id, queue, n) ORDER BY l.n);
        v_rooms := @schema@.shared_rooms(l_ids, l_queues, l_maxes, l_intervals, l_bursts, l_per_key, n_limits, n_names, v_relevant);
        v_given := v_rooms;
    END IF;
    IF v_gated THEN
        SELECT array_agg(q.place ORDER BY q.n), array_agg(q.stream ORDER BY q.n), array_agg(q.name ORDER BY q.n), array_agg(q.queue ORDER BY q.n), array_agg(q.tenant ORDER BY q.n), array_agg(q.gate ORDER BY q.n),
            array_agg(q.running ORDER BY q.n), array_agg(q.max_held ORDER BY q.n), array_agg(q.rank ORDER BY q.n), array_agg(q.at ORDER BY q.n)
        INTO g_places, g_streams, g_names, g_queues, g_tenants, g_gates, g_running, g_maxes, g_ranks, g_ats
        FROM @schema@.gated_candidates(p_max, p_names, p_queues)
            WITH ORDINALITY q(place, stream, name, queue, tenant, gate, running, max_held, rank, at, n);
    END IF;

    v_plain := NOT v_gated AND l_ids IS NULL;
    WHILE v_room > 0 AND (v_few OR v_lane_names IS NOT NULL OR g_places IS NOT NULL) LOOP
        v_more := false;
        v_whole := CASE WHEN v_few THEN v_whole END;
        v_trims := NULL;
        v_trim_takes := NULL;

        -- The second is the third without what a storage without gated jobs and shared limits has no use for.
        IF v_few THEN
            v_room := v_room - v_take;
        ELSIF v_plain THEN
            FOR c IN
                SELECT f.*, l.n AS lane, row_number() OVER (PARTITION BY l.n ORDER BY f.rank, f.due_at, f.pack, f.hi) = v_depth AS is_last_seen
                FROM unnest(v_lane_names, v_lane_queues, v_lane_ranks, v_lane_dues, v_lane_packs, v_lane_his, v_lane_lasts)
                    WITH ORDINALITY l(name, queue, rank, due_at, pack, hi, last, n)
                CROSS JOIN LATERAL (
                    SELECT r.ctid AS place, r.name, r.queue, r.rank, r.due_at, r.pack, r.hi, r.lo FROM @schema@.ready r
                    WHERE r.name = l.name AND r.queue = l.queue AND (r.rank, r.due_at, r.pack, r.hi) >= (l.rank, l.due_at, l.pack, l.hi) AND r.rank <= l.last
                    ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT v_depth FOR UPDATE SKIP LOCKED) f
                WHERE coalesce(p_name_rooms[array_position(p_limited_names, l.name)], 1) > 0
                    AND coalesce(p_queue_rooms[array_position(p_limited_queues, l.queue)], 1) > 0
                ORDER BY f.rank, f.due_at, f.pack, f.hi
            LOOP
                v_n := array_position(p_limited_names, c.name);
                v_q := array_position(p_limited_queues, c.queue);
                v_take := least(c.hi - c.lo + 1, v_room, p_name_rooms[v_n], p_queue_rooms[v_q]);
                IF v_take > 0 THEN
                    IF v_take > c.hi - c.lo THEN
                        v_whole := v_whole || c.place;
                    ELSE
                        v_trims := v_trims || c.place;
                        v_trim_takes := v_trim_takes || v_take;
                    END IF;
                    v_room := v_room - v_take;
                    IF v_fronts OR c.is_last_seen THEN
                        v_lane_ranks[c.lane] := c.rank;
                        v_lane_dues[c.lane] := c.due_at;
                        v_lane_packs[c.lane] := c.pack;
                        v_lane_his[c.lane] := c.hi;
                    END IF;
                    IF v_n IS NOT NULL THEN
                        p_name_rooms[v_n] := p_name_rooms[v_n] - v_take;
                    END IF;
                    IF v_q IS NOT NULL THEN
                        p_queue_rooms[v_q] := p_queue_rooms[v_q] - v_take;
                    END IF;
                END IF;
                EXIT WHEN v_room = 0;

                -- Behind the last range that was looked at there may be others that come before the next candidate.
                IF c.is_last_seen AND coalesce(p_name_rooms[v_n], 1) > 0 AND coalesce(p_queue_rooms[v_q], 1) > 0 THEN
                    v_more := true;
                    EXIT;
                END IF;
            END LOOP;
        ELSE
            FOR c IN
                SELECT f.*, l.n AS lane, row_number() OVER (PARTITION BY l.n ORDER BY f.rank, f.due_at, f.pack, f.hi) = v_depth AS is_last_seen,
                    NULL::bigint AS gated
                FROM unnest(v_lane_names, v_lane_queues, v_lane_ranks, v_lane_dues, v_lane_packs, v_lane_his, v_lane_lasts)
                    WITH ORDINALITY l(name, queue, rank, due_at, pack, hi, last, n)
                CROSS JOIN LATERAL (
                    SELECT r.ctid AS place, r.name, r.queue, r.rank, r.due_at, r.pack, r.hi, r.lo FROM @schema@.ready r
                    WHERE r.name = l.name AND r.queue = l.queue AND (r.rank, r.due_at, r.pack, r.hi) >= (l.rank, l.due_at, l.pack, l.hi) AND r.rank <= l.last
                    ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT v_depth FOR UPDATE SKIP LOCKED) f
                WHERE coalesce(p_name_rooms[array_position(p_limited_names, l.name)], 1) > 0
                    AND coalesce(p_queue_rooms[array_position(p_limited_queues, l.queue)], 1) > 0
                    AND (v_rooms IS NULL OR coalesce((
                        SELECT min(v_rooms[i]) FROM unnest(@schema@.limits_of(l.name, l.queue, l_queues, l_per_key, n_limits, n_names)) i), 1) > 0)
                UNION ALL
                SELECT NULL, g.name, g.queue, g.rank, g.at, 0, 0, 0, NULL, false, g.n
                FROM unnest(g_names, g_queues, g_ranks, g_ats) WITH ORDINALITY g(name, queue, rank, at, n)
                WHERE g.n <> ALL (g_taken) AND g.n <> ALL (g_skipped)
                ORDER BY rank, due_at, pack, hi, gated
            LOOP
                v_n := array_position(p_limited_names, c.name);
                v_q := array_position(p_limited_queues, c.queue);
                v_take := least(c.hi - c.lo + 1, v_room, p_name_rooms[v_n], p_queue_rooms[v_q]);
                IF v_rooms IS NOT NULL AND v_take > 0 THEN
                    v_own := @schema@.limits_of(c.name, c.queue, l_queues, l_per_key, n_limits, n_names);
                    v_take := least(v_take, (SELECT min(v_rooms[i]) FROM unnest(v_own) i));
                END IF;
                IF c.gated IS NOT NULL AND v_take > 0 THEN
                    -- Of a key, the candidates of all its streams count together.
                    IF g_gates[c.gated] <> '' AND g_running[c.gated]
                        + (SELECT count(*) FROM unnest(g_taken) t WHERE g_gates[t] = g_gates[c.gated]) >= g_maxes[c.gated] THEN
                        g_skipped := g_skipped || c.gated::integer;
                        CONTINUE;
                    END IF;
                    IF v_rooms IS NOT NULL AND g_gates[c.gated] <> '' THEN
                        v_permit := @schema@.key_permit(c.name, c.queue, g_gates[c.gated], g_streams[c.gated],
                            l_ids, l_queues, l_intervals, l_bursts, l_per_key, n_limits, n_names);
                        IF v_permit IS NOT NULL THEN
                            g_skipped := g_skipped || ARRAY(SELECT i FROM generate_subscripts(g_streams, 1) i WHERE g_streams[i] = g_streams[c.gated] AND i <> ALL (g_taken));
                            CONTINUE;
                        END IF;
                    END IF;
                END IF;
                IF v_take > 0 THEN
                    IF c.gated IS NOT NULL THEN
                        g_taken := g_taken || c.gated::integer;
                    ELSIF v_take > c.hi - c.lo THEN
                        v_whole := v_whole || c.place;
                    ELSE
                        v_trims := v_trims || c.place;
                        v_trim_takes := v_trim_takes || v_take;
                    END IF;
                    v_room := v_room - v_take;
                    IF c.gated IS NULL AND (v_fronts OR c.is_last_seen) THEN
                        v_lane_ranks[c.lane] := c.rank;
                        v_lane_dues[c.lane] := c.due_at;
                        v_lane_packs[c.lane] := c.pack;
                        v_lane_his[c.lane] := c.hi;
                    END IF;
                    IF v_rooms IS NOT NULL THEN
                        v_rooms := @schema@.less(v_rooms, v_own, v_take);
                    END IF;
                    IF v_n IS NOT NULL THEN
                        p_name_rooms[v_n] := p_name_rooms[v_n] - v_take;
                    END IF;
                    IF v_q IS NOT NULL THEN
                        p_queue_rooms[v_q] := p_queue_rooms[v_q] - v_take;
                    END IF;
                END IF;
                EXIT WHEN v_room = 0;

                -- Behind the last range that was looked at there may be others that come before the next candidate.
                IF c.is_last_seen AND coalesce(p_name_rooms[v_n], 1) > 0 AND coalesce(p_queue_rooms[v_q], 1) > 0
                    AND (v_rooms IS NULL OR coalesce((SELECT min(v_rooms[i]) FROM unnest(v_own) i), 1) > 0) THEN
                    v_more := true;
                    EXIT;
                END IF;
            END LOOP;
        END IF;

        v_expected := coalesce(cardinality(v_whole), 0) + coalesce(cardinality(v_trims), 0);
        IF v_expected > 0 THEN
            v_token := coalesce(v_token, nextval('@schema@.token_seq'));
            WITH whole AS (
                DELETE FROM @schema@.ready r WHERE r.ctid = ANY (v_whole)
                RETURNING r.name, r.queue, r.rank, r.due_at, r.pack, r.lo, r.hi, r.attempt, r.takeovers, r.keep),
            front AS (
                UPDATE @schema@.ready r SET lo = r.lo + t.take
                FROM unnest(v_trims, v_trim_takes) t(place, take) WHERE r.ctid = t.place
                RETURNING r.name, r.queue, r.rank, r.due_at, r.pack, r.lo - t.take AS lo, r.lo - 1 AS hi,
                    r.attempt, r.takeovers, r.keep)
            INSERT INTO @schema@.lease (pack, hi, lo, token, nonce, worker, claimed_at, name, queue, rank, due_at, attempt, takeovers, keep)
            SELECT t.pack, t.hi, t.lo, v_token, p_nonce, p_worker, v_now, t.name, t.queue, t.rank, t.due_at, t.attempt, t.takeovers, t.keep
            FROM (SELECT * FROM whole UNION ALL SELECT * FROM front) t;
            GET DIAGNOSTICS v_moved = ROW_COUNT;
            IF v_moved <> v_expected THEN
                RAISE EXCEPTION 'a ready range changed under its lock' USING ERRCODE = 'serialization_failure';
            END IF;
        END IF;

        EXIT WHEN NOT v_more;
        v_depth := v_depth * 4;
    END LOOP;

    IF cardinality(g_taken) > 0 THEN
        v_token := coalesce(v_token, nextval('@schema@.token_seq'));
        WITH taken AS (
            DELETE FROM @schema@.gated g WHERE g.ctid = ANY (ARRAY(SELECT g_places[t] FROM unnest(g_taken) t))
            RETURNING g.ctid AS place, g.stream, g.rank, g.pack, g.slot, g.attempt, g.takeovers, g.keep)
        INSERT INTO @schema@.lease (pack, hi, lo, token, nonce, worker, claimed_at, name, queue, rank, due_at, attempt, takeovers, keep, gate)
        SELECT t.pack, t.slot, t.slot, v_token, p_nonce, p_worker, v_now, s.name, s.queue, t.rank, g_ats[array_position(g_places, t.place)], t.attempt, t.takeovers, t.keep, s.gate
        FROM taken t JOIN @schema@.stream s ON s.id = t.stream;
        GET DIAGNOSTICS v_moved = ROW_COUNT;
        IF v_moved <> cardinality(g_taken) THEN
            RAISE EXCEPTION 'a gated job changed under its lock' USING ERRCODE = 'serialization_failure';
        END IF;
        v_touched := ARRAY(SELECT DISTINCT g_streams[t] FROM unnest(g_taken) t);
        IF EXISTS (SELECT FROM unnest(g_taken) t WHERE g_tenants[t] <> '') THEN
            PERFORM @schema@.count_turns(
                array_agg(g_names[t.i] ORDER BY t.n), array_agg(g_queues[t.i] ORDER BY t.n), array_agg(g_tenants[t.i] ORDER BY t.n))
            FROM unnest(g_taken) WITH ORDINALITY t(i, n) WHERE g_tenants[t.i] <> '';
        END IF;
        PERFORM @schema@.relist(v_touched);
    END IF;

    -- Permits of what was taken; and when there is one for those who had none left.
    v_permit := NULL;
    IF v_rooms IS NOT NULL THEN
        PERFORM @schema@.take_permits(l_ids[i], l_intervals[i], v_given[i] - v_rooms[i], v_now)
        FROM generate_subscripts(l_ids, 1) i WHERE l_intervals[i] IS NOT NULL AND v_given[i] > v_rooms[i];
        SELECT min(@schema@.next_permit(l_ids[i], l_intervals[i], l_bursts[i])) INTO v_permit
        FROM generate_subscripts(l_ids, 1) i
        WHERE l_intervals[i] IS NOT NULL AND v_relevant[i] AND NOT l_per_key[i] AND @schema@.permits(l_ids[i], l_intervals[i], l_bursts[i], v_now) = 0;
    END IF;
    IF v_gated THEN
        v_permit := least(v_permit, (SELECT min(s.wakes_at) FROM @schema@.stream s WHERE s.wakes_at IS NOT NULL));
    END IF;

    IF v_token IS NOT NULL THEN
        RETURN QUERY
            SELECT l.n::integer, v_token, v_now,
                CASE WHEN j.slot = l.lo THEN l.name END, CASE WHEN j.slot = l.lo THEN l.queue END, j.priority, l.attempt + 1,
                j.pack, j.slot, j.created_at, j.policy, j.payload,
                j.id, j.idempotency_key, j.submitter, j.tags, j.metadata::text, j.trace_parent,
                CASE WHEN l.gate IS NULL AND j.ordering_key IS NULL THEN NULL
                    ELSE ARRAY[j.concurrency_key, j.key_concurrency::text, j.ordering_key, j.fairness_key, j.lifo::text] END
            FROM (
                SELECT h.*, row_number() OVER (ORDER BY h.rank, h.due_at, h.pack, h.lo) AS n
                FROM @schema@.lease h WHERE h.worker = p_worker AND h.token = v_token) l
            CROSS JOIN LATERAL (SELECT j.* FROM @schema@.job j WHERE j.pack = l.pack AND j.slot BETWEEN l.lo AND l.hi) j;
    END IF;

    IF v_fronts THEN
        RETURN QUERY
            SELECT -2, NULL::bigint, v_now, f.name, f.queue, f.rank, v_walked, f.pack, f.hi, f.due_at, NULL::text, NULL::bytea,
                NULL::uuid, NULL::text, NULL::text, NULL::text[], NULL::text, NULL::text, NULL::text[]
            FROM (
                VALUES (NULL::text, NULL::text, NULL::integer, v_since, NULL::bigint, NULL::integer)
                UNION ALL
                SELECT * FROM unnest(v_lane_names, v_lane_queues, v_lane_ranks, v_lane_dues, v_lane_packs, v_lane_his)) f(name, queue, rank, due_at, pack, hi);
    END IF;

    IF v_room > 0 THEN
        v_next := least(v_next, v_permit);
        v_more := false;
        IF v_token IS NULL AND v_lane_names IS NOT NULL THEN
            v_more := EXISTS (
                SELECT FROM unnest(v_lane_names, v_lane_queues, v_lane_ranks, v_lane_dues, v_lane_packs, v_lane_his, v_lane_lasts)
                    l(name, queue, rank, due_at, pack, hi, last)
                CROSS JOIN LATERAL (
                    SELECT FROM @schema@.ready r
                    WHERE r.name = l.name AND r.queue = l.queue AND (r.rank, r.due_at, r.pack, r.hi) >= (l.rank, l.due_at, l.pack, l.hi) AND r.rank <= l.last
                    ORDER BY r.name, r.queue, r.rank, r.due_at, r.pack, r.hi LIMIT 1) r
                WHERE coalesce(p_name_rooms[array_position(p_limited_names, l.name)], 1) > 0
                    AND coalesce(p_queue_rooms[array_position(p_limited_queues, l.queue)], 1) > 0
                    AND (v_rooms IS NULL OR coalesce((
                        SELECT min(v_rooms[i]) FROM unnest(@schema@.limits_of(l.name, l.queue, l_queues, l_per_key, n_limits, n_names)) i), 1) > 0));
        END IF;
        RETURN QUERY SELECT -1, NULL::bigint, v_now, NULL::text, NULL::text, NULL::integer, v_more::integer,
            NULL::bigint, NULL::integer, v_next, NULL::text, NULL::bytea,
            NULL::uuid, NULL::text, NULL::text, NULL::text[], NULL::text, NULL::text, NULL::text[];
    END IF;
END
$$;
