-- Stores jobs. Groups are the combinations of name, queue, priority, policy and due time that occur; jobs name their group by
-- its index. Ranges are contiguous jobs of one group inside one pack; jobs with keys come as ranges of their own, because they may
-- turn out to exist. Answers the pack of each p_size jobs, and the jobs that exist already.
--
-- Jobs with ordering keys or dependencies, and gated ones, are not ranges: x_ numbers them, y_ says what they depend on. A parent that
-- does not exist refuses the whole call (bad_ids); p_atomic is true then. Parents that are known to exist, with pack and slot, are not
-- looked up.
--
-- An array of k_ and d_ of which no job has a value is null.
--
-- Notifying commits take turns, each until its log is on disk, so only a transaction of the application's gives a channel.
--
-- Plan: function scans and a hash join; the inserts touch primary keys only. Keys that are given back are found by the primary key
-- (LATERAL … LIMIT 1) and deleted by ctid: an OR of two scopes would have it served by bitmap scans only, or by none.
CREATE FUNCTION @schema@.enqueue(
    p_size integer,
    g_names text[], g_queues text[], g_priorities integer[], g_policies text[], g_keeps bigint[], g_keep_faileds bigint[], g_due timestamptz[], g_delays bigint[],
    j_groups integer[], j_payloads bytea[],
    r_groups integer[], r_los integer[], r_his integer[],
    k_jobs integer[], k_ids uuid[], k_packs bigint[], k_slots integer[], k_keys text[], k_windows bigint[], k_modes smallint[],
    d_ids uuid[], d_keys text[], d_submitters text[], d_tags text[], d_metadata text[], d_traces text[], d_schedules text[],
    d_gates text[], d_limits integer[], d_lines text[], d_tenants text[], d_lifos boolean[],
    x_jobs integer[], y_jobs integer[], y_ids uuid[], y_packs bigint[], y_slots integer[], y_known boolean[],
    p_atomic boolean, p_channel text,
    OUT packs bigint[], OUT dup_jobs integer[], OUT dup_packs bigint[], OUT dup_slots integer[], OUT dup_ids uuid[], OUT dup_names text[], OUT bad_job integer, OUT bad_id uuid)
LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
    v_due timestamptz[];
    v_conflict boolean := false;
    v_fresh integer[];
    v_crossed boolean;
    v_key record;
    m_pack bigint;
    m_slot integer;
    m_id uuid;
    m_name text;
    v_job integer;
    v_scope text;
    v_text text;
    v_mine boolean;
    v_mode integer;
    v_until timestamptz;
    v_state integer;
    v_replaced_packs bigint[];
    v_replaced_slots integer[];
    v_parent_packs bigint[];
    v_parent_slots integer[];
BEGIN
    packs := ARRAY(SELECT nextval('@schema@.pack_seq') FROM generate_series(0, (cardinality(j_groups) - 1) / p_size));
    v_due := ARRAY(
        SELECT least(timestamptz '9999-12-31 00:00:00+00', greatest(v_now, coalesce(g.due, v_now + g.delay * interval '1 millisecond')))
        FROM unnest(g_due, g_delays) WITH ORDINALITY g(due, delay, n) ORDER BY g.n);
    dup_jobs := '{}';

    -- Most keys are new, and are taken at once, in the order of the index, so that two callers never wait for each other crosswise. A job
    -- that did not get all of its keys gives back what it got, and is looked at below.
    IF k_jobs IS NOT NULL THEN
        WITH taken AS (
            INSERT INTO @schema@.job_key AS t (scope, key, pack, slot, until)
            SELECT v.scope, v.key, packs[1 + k.job / p_size], k.job % p_size, v.until
            FROM unnest(k_jobs, k_ids, k_packs, k_keys, k_windows) WITH ORDINALITY k(job, id, pack, key, window_ms, n)
            CROSS JOIN LATERAL (VALUES
                ('', k.id::text, NULL::timestamptz),
                (g_names[j_groups[k.job + 1] + 1], k.key, v_now + k.window_ms * interval '1 millisecond')) v(scope, key, until)
            WHERE k.pack IS NULL AND v.key IS NOT NULL
            ORDER BY v.key COLLATE "C", v.scope COLLATE "C", k.n
            ON CONFLICT DO NOTHING
            RETURNING t.pack, t.slot),
        counted AS (SELECT (array_position(packs, t.pack) - 1) * p_size + t.slot AS job, count(*) AS keys FROM taken t GROUP BY t.pack, t.slot)
        SELECT array_agg(c.job) INTO v_fresh
        FROM counted c JOIN unnest(k_jobs, k_ids, k_keys) k(job, id, key) ON k.job = c.job
        WHERE c.keys = num_nonnulls(k.id, k.key);

        IF cardinality(v_fresh) IS DISTINCT FROM cardinality(k_jobs) THEN
            v_crossed := EXISTS (SELECT FROM unnest(k_ids, k_keys) k(id, key) WHERE k.id IS NOT NULL AND k.key IS NOT NULL);
            DELETE FROM @schema@.job_key d
            WHERE d.ctid = ANY (ARRAY(
                SELECT q.ctid
                FROM unnest(k_jobs, k_ids, k_keys) k(job, id, key)
                CROSS JOIN LATERAL (VALUES ('', k.id::text), (g_names[j_groups[k.job + 1] + 1], k.key)) v(scope, key)
                CROSS JOIN LATERAL (
                    SELECT t.ctid FROM @schema@.job_key t
                    WHERE t.key = v.key AND t.scope = v.scope AND t.pack = packs[1 + k.job / p_size] AND t.slot = k.job % p_size LIMIT 1) q
                WHERE NOT EXISTS (SELECT FROM unnest(v_fresh) f(job) WHERE f.job = k.job)));
        END IF;
    END IF;

    -- The rest one by one, in one order for everybody as well. Jobs with both an id and a key have no place in such an order; then that of
    -- the batch decides, and a deadlock costs a repetition.
    FOR v_key IN
        SELECT k.job, k.id, k.pack, k.slot, k.key, k.window_ms, k.mode
        FROM unnest(k_jobs, k_ids, k_packs, k_slots, k_keys, k_windows, k_modes) WITH ORDINALITY k(job, id, pack, slot, key, window_ms, mode, n)
        WHERE cardinality(v_fresh) IS DISTINCT FROM cardinality(k_jobs) AND NOT EXISTS (SELECT FROM unnest(v_fresh) f(job) WHERE f.job = k.job)
        ORDER BY CASE WHEN NOT v_crossed THEN coalesce(k.id::text, g_names[j_groups[k.job + 1] + 1] || E'\n' || k.key) END COLLATE "C", k.n
    LOOP
        m_pack := NULL;
        v_mine := false;

        -- An id that was issued here and is given again names the job that has it.
        IF v_key.pack IS NOT NULL THEN
            SELECT j.pack, j.slot, j.id, j.name INTO m_pack, m_slot, m_id, m_name FROM @schema@.job j
            WHERE j.pack = v_key.pack AND j.slot = v_key.slot AND j.id IS NULL;
        END IF;

        FOR i IN 1..2 LOOP
            EXIT WHEN m_pack IS NOT NULL;
            v_scope := CASE i WHEN 1 THEN '' ELSE g_names[j_groups[v_key.job + 1] + 1] END;
            v_text := CASE i WHEN 1 THEN v_key.id::text ELSE v_key.key END;
            CONTINUE WHEN v_text IS NULL;
            LOOP
                INSERT INTO @schema@.job_key (scope, key, pack, slot, until)
                VALUES (v_scope, v_text, packs[1 + v_key.job / p_size], v_key.job % p_size,
                    CASE i WHEN 2 THEN v_now + v_key.window_ms * interval '1 millisecond' END)
                ON CONFLICT DO NOTHING;
                IF FOUND THEN
                    v_mine := v_mine OR i = 1;
                    EXIT;
                END IF;

                -- The owner may be a job of this batch, whose row comes later, or be removed at this moment: then try again.
                SELECT k.pack, k.slot, k.until, j.id, j.name INTO m_pack, m_slot, v_until, m_id, m_name
                FROM @schema@.job_key k LEFT JOIN @schema@.job j ON j.pack = k.pack AND j.slot = k.slot
                WHERE k.scope = v_scope AND k.key = v_text;

                -- Its window is over, or it gives way: then the key passes on.
                v_mode := CASE WHEN i = 2 AND m_pack IS NOT NULL THEN coalesce(v_key.mode, 0) ELSE 0 END;
                v_state := NULL;
                IF v_until <= v_now THEN
                    v_state := 2;
                ELSIF v_mode > 0 AND m_pack = ANY (packs) THEN
                    v_state := 2;
                    v_replaced_packs := v_replaced_packs || m_pack;
                    v_replaced_slots := v_replaced_slots || m_slot;
                ELSIF v_mode > 0 AND m_name IS NOT NULL THEN
                    v_state := @schema@.cancel(m_pack, m_slot, true);

                    -- Whoever replaced it at this moment has passed the key on.
                    CONTINUE WHEN v_state = 1 AND NOT EXISTS (
                        SELECT FROM @schema@.job_key k WHERE k.scope = v_scope AND k.key = v_text AND k.pack = m_pack AND k.slot = m_slot);
                END IF;
                IF v_state = 2 OR (v_mode = 2 AND v_state IN (1, 3)) THEN
                    UPDATE @schema@.job_key k
                    SET pack = packs[1 + v_key.job / p_size], slot = v_key.job % p_size, until = v_now + v_key.window_ms * interval '1 millisecond'
                    WHERE k.scope = v_scope AND k.key = v_text AND k.pack = m_pack AND k.slot = m_slot;
                    m_pack := NULL;
                    EXIT WHEN FOUND;
                    CONTINUE;
                END IF;

                EXIT WHEN m_name IS NOT NULL AND v_state IS DISTINCT FROM 0;
                IF m_pack = ANY (packs) THEN
                    v_job := (array_position(packs, m_pack) - 1) * p_size + m_slot;
                    m_id := d_ids[v_job + 1];
                    m_name := g_names[j_groups[v_job + 1] + 1];
                    EXIT;
                END IF;
            END LOOP;
        END LOOP;

        IF m_pack IS NOT NULL THEN
            -- The id was free but the idempotency key was not: the id stays free.
            IF v_mine THEN
                DELETE FROM @schema@.job_key k WHERE k.scope = '' AND k.key = v_key.id::text;
            END IF;
            v_conflict := v_conflict OR m_name <> g_names[j_groups[v_key.job + 1] + 1];
            dup_jobs := dup_jobs || v_key.job;
            dup_packs := dup_packs || m_pack;
            dup_slots := dup_slots || m_slot;
            dup_ids := dup_ids || m_id;
            dup_names := dup_names || m_name;
        END IF;
    END LOOP;

    -- What a job depends on exists already, or is a job before it in this batch.
    IF y_jobs IS NOT NULL THEN
        SELECT array_agg(p.pack ORDER BY y.n), array_agg(p.slot ORDER BY y.n),
            (array_agg(y.job ORDER BY y.n) FILTER (WHERE p.pack IS NULL OR (b.job IS NULL AND q.pack IS NULL) OR b.job >= y.job))[1],
            (array_agg(y.id ORDER BY y.n) FILTER (WHERE p.pack IS NULL OR (b.job IS NULL AND q.pack IS NULL) OR b.job >= y.job))[1]
        INTO v_parent_packs, v_parent_slots, bad_job, bad_id
        FROM unnest(y_jobs, y_ids, y_packs, y_slots, y_known) WITH ORDINALITY y(job, id, pack, slot, known, n)
        LEFT JOIN LATERAL @schema@.locate(CASE WHEN NOT y.known THEN y.id END, CASE WHEN NOT y.known THEN y.pack END, CASE WHEN NOT y.known THEN y.slot END) l ON true
        CROSS JOIN LATERAL (SELECT coalesce(l.pack, CASE WHEN y.known THEN y.pack END) AS pack, coalesce(l.slot, CASE WHEN y.known THEN y.slot END) AS slot) p
        LEFT JOIN LATERAL (SELECT (array_position(packs, p.pack) - 1) * p_size + p.slot AS job) b ON true
        LEFT JOIN LATERAL (
            SELECT j.pack FROM @schema@.job j WHERE j.pack = CASE WHEN NOT y.known THEN p.pack END AND j.slot = p.slot
            UNION ALL
            SELECT y.pack WHERE y.known) q ON true;
    END IF;

    IF (v_conflict AND p_atomic) OR bad_id IS NOT NULL THEN
        DELETE FROM @schema@.job_key d
        WHERE d.ctid = ANY (ARRAY(
            SELECT q.ctid
            FROM unnest(k_jobs, k_ids, k_keys) k(job, id, key)
            CROSS JOIN LATERAL (VALUES ('', k.id::text), (g_names[j_groups[k.job + 1] + 1], k.key)) v(scope, key)
            CROSS JOIN LATERAL (
                SELECT t.ctid FROM @schema@.job_key t
                WHERE t.key = v.key AND t.scope = v.scope AND t.pack = packs[1 + k.job / p_size] AND t.slot = k.job % p_size LIMIT 1) q));
        RETURN;
    END IF;

    IF k_jobs IS NULL AND x_jobs IS NULL AND coalesce(d_submitters, d_tags, d_metadata, d_traces, d_schedules) IS NULL THEN
        INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, run_at, keep_failed, policy, payload)
        SELECT packs[1 + (j.n - 1) / p_size], (j.n - 1) % p_size, g.name, g.queue, g.priority, v_now,
            nullif(g.due, v_now), g.keep_failed, g.policy, j.payload
        FROM unnest(j_groups, j_payloads) WITH ORDINALITY j(g, payload, n)
        JOIN unnest(g_names, g_queues, g_priorities, v_due, g_keep_faileds, g_policies)
            WITH ORDINALITY g(name, queue, priority, due, keep_failed, policy, n) ON g.n = j.g + 1;
    ELSE
        INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, run_at, keep_failed, policy, payload,
            id, idempotency_key, submitter, tags, metadata, trace_parent, schedule_id,
            concurrency_key, key_concurrency, ordering_key, fairness_key, lifo)
        SELECT packs[1 + (j.n - 1) / p_size], (j.n - 1) % p_size, g.name, g.queue, g.priority, v_now,
            nullif(g.due, v_now), g.keep_failed, g.policy, j.payload,
            j.id, j.key, j.submitter, j.tags::text[], j.metadata::json, j.trace, j.schedule,
            j.gate, j.max_held, j.line, j.tenant, nullif(j.lifo, false)
        FROM unnest(j_groups, j_payloads, d_ids, d_keys, d_submitters, d_tags, d_metadata, d_traces, d_schedules,
                d_gates, d_limits, d_lines, d_tenants, d_lifos)
            WITH ORDINALITY j(g, payload, id, key, submitter, tags, metadata, trace, schedule, gate, max_held, line, tenant, lifo, n)
        JOIN unnest(g_names, g_queues, g_priorities, v_due, g_keep_faileds, g_policies)
            WITH ORDINALITY g(name, queue, priority, due, keep_failed, policy, n) ON g.n = j.g + 1
        WHERE j.n - 1 <> ALL (dup_jobs);
    END IF;

    -- What turned out to be new is a range with its neighbours.
    IF k_jobs IS NOT NULL THEN
        SELECT array_agg(m.g), array_agg(m.lo), array_agg(m.hi) INTO r_groups, r_los, r_his
        FROM (
            SELECT i.g, min(i.lo) AS lo, max(i.hi) AS hi
            FROM (
                SELECT f.g, f.lo, f.hi, count(*) FILTER (WHERE f.begins) OVER (ORDER BY f.lo) AS island
                FROM (
                    SELECT r.g, r.lo, r.hi, r.lo % p_size = 0 OR (lag(r.g) OVER w, lag(r.hi) OVER w) IS DISTINCT FROM (r.g, r.lo - 1) AS begins
                    FROM unnest(r_groups, r_los, r_his) r(g, lo, hi)
                    WHERE r.lo <> ALL (dup_jobs) AND (x_jobs IS NULL OR r.lo <> ALL (x_jobs))
                    WINDOW w AS (ORDER BY r.lo)) f) i
            GROUP BY i.island, i.g) m;
    END IF;

    INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
    SELECT g_names[r.g + 1], g_queues[r.g + 1], ~g_priorities[r.g + 1], v_due[r.g + 1],
        packs[1 + r.lo / p_size], r.hi % p_size, r.lo % p_size, 0, 0, g_keeps[r.g + 1]
    FROM unnest(r_groups, r_los, r_his) r(g, lo, hi)
    WHERE v_due[r.g + 1] <= v_now AND r.lo <> ALL (dup_jobs) AND (x_jobs IS NULL OR r.lo <> ALL (x_jobs));

    IF v_now < ANY (v_due) THEN
        INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep)
        SELECT v_due[r.g + 1], packs[1 + r.lo / p_size], r.hi % p_size, r.lo % p_size,
            g_names[r.g + 1], g_queues[r.g + 1], ~g_priorities[r.g + 1], 0, 0, g_keeps[r.g + 1]
        FROM unnest(r_groups, r_los, r_his) r(g, lo, hi)
        WHERE v_due[r.g + 1] > v_now AND r.lo <> ALL (dup_jobs) AND (x_jobs IS NULL OR r.lo <> ALL (x_jobs));
    END IF;

    IF x_jobs IS NOT NULL THEN
        PERFORM @schema@.admit_new(
            array_agg(packs[1 + x.job / p_size] ORDER BY x.job), array_agg(x.job % p_size ORDER BY x.job),
            array_agg(v_due[j_groups[x.job + 1] + 1] ORDER BY x.job), array_agg(g_keeps[j_groups[x.job + 1] + 1] ORDER BY x.job),
            array_agg(g_names[j_groups[x.job + 1] + 1] ORDER BY x.job), array_agg(g_queues[j_groups[x.job + 1] + 1] ORDER BY x.job),
            array_agg(~g_priorities[j_groups[x.job + 1] + 1] ORDER BY x.job),
            array_agg(coalesce(d_gates[x.job + 1], CASE WHEN d_tenants[x.job + 1] IS NOT NULL OR d_lifos[x.job + 1] THEN '' END) ORDER BY x.job),
            array_agg(d_lines[x.job + 1] ORDER BY x.job), array_agg(coalesce(x.job = ANY (y_jobs), false) ORDER BY x.job),
            (SELECT array_agg(packs[1 + y.job / p_size] ORDER BY y.n) FROM unnest(y_jobs) WITH ORDINALITY y(job, n)),
            (SELECT array_agg(y.job % p_size ORDER BY y.n) FROM unnest(y_jobs) WITH ORDINALITY y(job, n)),
            v_parent_packs, v_parent_slots)
        FROM unnest(x_jobs) x(job) WHERE x.job <> ALL (dup_jobs) HAVING count(*) > 0;
    END IF;
    FOR i IN 1..coalesce(cardinality(v_replaced_packs), 0) LOOP
        PERFORM @schema@.cancel(v_replaced_packs[i], v_replaced_slots[i], true);
    END LOOP;

    IF p_channel IS NOT NULL AND cardinality(dup_jobs) < cardinality(j_groups) THEN
        PERFORM pg_notify(p_channel, 'r ');
    END IF;
END
$$;

-- The same for jobs that have everything in common but their payloads, idempotency keys and details, and no ids of their callers, order,
-- dependencies or gates, which is what most calls have: without what such jobs give no occasion to, one alone takes a third of the
-- server's time. Answers their packs; null, with nothing done, when a key is taken: what becomes of such jobs is for enqueue to say (see
-- enqueue_keyed).
--
-- Several keys are taken in a subtransaction, by an insert that fails as a whole: with ON CONFLICT each would be looked up first, and
-- written to the log twice. In the order of the index, so that two callers never wait for each other crosswise.
--
-- Plan: inserts of values, or from arrays that are unnested in lists of columns, which need no settings of the planner's and, unlike
-- function scans, do not gather the rows first.
CREATE FUNCTION @schema@.enqueue_alike(
    p_size integer, p_name text, p_queue text, p_priority integer, p_policy text, p_keep bigint, p_keep_failed bigint, p_due timestamptz, p_delay bigint,
    j_payloads bytea[], k_keys text[], p_window bigint,
    d_submitters text[], d_tags text[], d_metadata text[], d_traces text[], d_schedules text[], p_channel text)
RETURNS bigint[] LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := @schema@.clock();
    v_due timestamptz := least(timestamptz '9999-12-31 00:00:00+00', greatest(v_now, coalesce(p_due, v_now + p_delay * interval '1 millisecond')));
    v_run_at timestamptz := nullif(v_due, v_now);
    v_until timestamptz := v_now + p_window * interval '1 millisecond';
    v_count integer := cardinality(j_payloads);
    v_packs bigint[];
BEGIN
    IF v_count = 1 THEN
        v_packs := ARRAY[nextval('@schema@.pack_seq')];
        IF k_keys IS NOT NULL THEN
            INSERT INTO @schema@.job_key (scope, key, pack, slot, until) VALUES (p_name, k_keys[1], v_packs[1], 0, v_until) ON CONFLICT DO NOTHING;
            IF NOT FOUND THEN
                RETURN NULL;
            END IF;
        END IF;
        INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, run_at, keep_failed, policy, payload,
            idempotency_key, submitter, tags, metadata, trace_parent, schedule_id)
        VALUES (v_packs[1], 0, p_name, p_queue, p_priority, v_now, v_run_at, p_keep_failed, p_policy, j_payloads[1],
            k_keys[1], d_submitters[1], d_tags[1]::text[], d_metadata[1]::json, d_traces[1], d_schedules[1]);
    ELSE
        v_packs := ARRAY(SELECT nextval('@schema@.pack_seq') FROM generate_series(0, (v_count - 1) / p_size));
        IF k_keys IS NOT NULL THEN
            BEGIN
                INSERT INTO @schema@.job_key (scope, key, pack, slot, until)
                SELECT p_name, k.key, v_packs[1 + (k.n - 1) / p_size], (k.n - 1) % p_size, v_until
                FROM (SELECT unnest(k_keys) AS key, generate_series(1, v_count) AS n) k WHERE k.key IS NOT NULL ORDER BY k.key COLLATE "C";
            EXCEPTION WHEN unique_violation THEN
                RETURN NULL;
            END;
        END IF;
        IF coalesce(k_keys, d_submitters, d_tags, d_metadata, d_traces, d_schedules) IS NULL THEN
            INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, run_at, keep_failed, policy, payload)
            SELECT v_packs[1 + (j.n - 1) / p_size], (j.n - 1) % p_size, p_name, p_queue, p_priority, v_now, v_run_at, p_keep_failed, p_policy, j.payload
            FROM (SELECT unnest(j_payloads) AS payload, generate_series(1, v_count) AS n) j;
        ELSE
            INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, run_at, keep_failed, policy, payload,
                idempotency_key, submitter, tags, metadata, trace_parent, schedule_id)
            SELECT v_packs[1 + (j.n - 1) / p_size], (j.n - 1) % p_size, p_name, p_queue, p_priority, v_now, v_run_at, p_keep_failed, p_policy, j.payload,
                j.key, j.submitter, j.tags::text[], j.metadata::json, j.trace, j.schedule
            FROM (
                SELECT unnest(j_payloads) AS payload, unnest(k_keys) AS key, unnest(d_submitters) AS submitter, unnest(d_tags) AS tags,
                    unnest(d_metadata) AS metadata, unnest(d_traces) AS trace, unnest(d_schedules) AS schedule, generate_series(1, v_count) AS n) j;
        END IF;
    END IF;
    FOR i IN 1..cardinality(v_packs) LOOP
        IF v_run_at IS NULL THEN
            INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
            VALUES (p_name, p_queue, ~p_priority, v_due, v_packs[i], least(p_size, v_count - (i - 1) * p_size) - 1, 0, 0, 0, p_keep);
        ELSE
            INSERT INTO @schema@.scheduled (due_at, pack, hi, lo, name, queue, rank, attempt, takeovers, keep)
            VALUES (v_due, v_packs[i], least(p_size, v_count - (i - 1) * p_size) - 1, 0, p_name, p_queue, ~p_priority, 0, 0, p_keep);
        END IF;
    END LOOP;
    IF p_channel IS NOT NULL THEN
        PERFORM pg_notify(p_channel, 'r ');
    END IF;
    RETURN v_packs;
END
$$;

-- The same for jobs of which some have idempotency keys: the short way while all keys are free, else that of enqueue, whose answer this is.
-- Without taken keys dup_jobs is null.
CREATE FUNCTION @schema@.enqueue_keyed(
    p_size integer, p_name text, p_queue text, p_priority integer, p_policy text, p_keep bigint, p_keep_failed bigint, p_due timestamptz, p_delay bigint,
    j_payloads bytea[], k_keys text[], p_window bigint,
    d_submitters text[], d_tags text[], d_metadata text[], d_traces text[], d_schedules text[], p_channel text, k_modes smallint[],
    OUT packs bigint[], OUT dup_jobs integer[], OUT dup_packs bigint[], OUT dup_slots integer[], OUT dup_ids uuid[], OUT dup_names text[])
LANGUAGE plpgsql AS
$$
DECLARE
    v_count integer := cardinality(j_payloads);
    v_jobs integer[];
    v_keyed integer[];
BEGIN
    packs := @schema@.enqueue_alike(p_size, p_name, p_queue, p_priority, p_policy, p_keep, p_keep_failed, p_due, p_delay,
        j_payloads, k_keys, p_window, d_submitters, d_tags, d_metadata, d_traces, d_schedules, p_channel);
    IF packs IS NOT NULL THEN
        RETURN;
    END IF;

    v_jobs := ARRAY(SELECT generate_series(0, v_count - 1));
    v_keyed := ARRAY(SELECT j FROM unnest(v_jobs) j WHERE k_keys[j + 1] IS NOT NULL);
    SELECT e.packs, e.dup_jobs, e.dup_packs, e.dup_slots, e.dup_ids, e.dup_names
    INTO packs, dup_jobs, dup_packs, dup_slots, dup_ids, dup_names
    FROM @schema@.enqueue(
        p_size, ARRAY[p_name], ARRAY[p_queue], ARRAY[p_priority], ARRAY[p_policy], ARRAY[p_keep], ARRAY[p_keep_failed], ARRAY[p_due], ARRAY[p_delay],
        array_fill(0, ARRAY[v_count]), j_payloads, array_fill(0, ARRAY[v_count]), v_jobs, v_jobs,
        v_keyed, NULL, NULL, NULL, array_remove(k_keys, NULL), array_fill(p_window, ARRAY[cardinality(v_keyed)]), ARRAY(SELECT k_modes[j + 1] FROM unnest(v_keyed) j),
        NULL, k_keys, d_submitters, d_tags, d_metadata, d_traces, d_schedules,
        NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, false, p_channel) e;
END
$$;
