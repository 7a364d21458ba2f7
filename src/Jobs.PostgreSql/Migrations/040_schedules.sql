-- Schedules: what the loop looks for, and a document that only the runtime reads. version is the fence of every write.
CREATE TABLE @schema@.schedule (
    id         text COLLATE "C" PRIMARY KEY,
    version    bigint NOT NULL,
    job_name   text COLLATE "C" NOT NULL,
    due_at     timestamptz,                     -- null: time alone changes nothing
    is_waiting boolean NOT NULL,                -- a tick waits for the end of open_jobs
    open_jobs  uuid[] NOT NULL,
    document   text NOT NULL                    -- JSON
) WITH (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 1000);

CREATE INDEX schedule_due ON @schema@.schedule (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX schedule_waiting ON @schema@.schedule (id) WHERE is_waiting;

-- Of jobs with ids of their callers, those that have not ended.
CREATE FUNCTION @schema@.unfinished_of(p_ids uuid[]) RETURNS uuid[] LANGUAGE sql STABLE AS
$$
    SELECT ARRAY(
        SELECT u.id FROM unnest(p_ids) WITH ORDINALITY u(id, n)
        JOIN @schema@.job_key k ON k.scope = '' AND k.key = u.id::text
        WHERE NOT @schema@.has_ended(k.pack, k.slot)
        ORDER BY u.n)
$$;

-- The schedules that are due and those that wait, and the time of the next one in a row of its own, whose id is null.
-- Plan: index scans over schedule_due and schedule_waiting.
CREATE FUNCTION @schema@.read_due_schedules(p_limit integer)
RETURNS TABLE (now timestamptz, id text, version bigint, job_name text, due_at timestamptz, is_waiting boolean, open_jobs uuid[], document text)
LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz := (SELECT @schema@.clock());
BEGIN
    RETURN QUERY
        SELECT v_now, s.id, s.version, s.job_name, s.due_at, s.is_waiting, @schema@.unfinished_of(s.open_jobs), s.document
        FROM (
            SELECT q.* FROM @schema@.schedule q WHERE q.is_waiting ORDER BY q.id LIMIT p_limit) s;
    RETURN QUERY
        SELECT v_now, s.id, s.version, s.job_name, s.due_at, s.is_waiting, @schema@.unfinished_of(s.open_jobs), s.document
        FROM (
            SELECT q.* FROM @schema@.schedule q WHERE q.due_at <= v_now ORDER BY q.due_at LIMIT p_limit) s
        WHERE NOT s.is_waiting;
    RETURN QUERY
        SELECT v_now, NULL::text, NULL::bigint, NULL::text,
            (SELECT q.due_at FROM @schema@.schedule q WHERE q.due_at > v_now ORDER BY q.due_at LIMIT 1), NULL::boolean, NULL::uuid[], NULL::text;
END
$$;

-- Changes schedules, each only while it has the expected version: null means that there must be none. A null document removes.
-- Answers the indexes, from 1, of the writes that happened. Callers sort by id, so that two of them never wait crosswise.
CREATE FUNCTION @schema@.write_schedules(
    p_ids text[], p_expected bigint[], p_not_after timestamptz[], p_versions bigint[], p_job_names text[], p_due timestamptz[],
    p_waiting boolean[], p_open text[], p_documents text[])
RETURNS integer[] LANGUAGE plpgsql AS
$$
DECLARE
    v_now timestamptz;
    v_written integer[] := '{}';
BEGIN
    FOR i IN 1..cardinality(p_ids) LOOP
        IF p_expected[i] IS NULL THEN
            INSERT INTO @schema@.schedule (id, version, job_name, due_at, is_waiting, open_jobs, document)
            VALUES (p_ids[i], p_versions[i], p_job_names[i], p_due[i], p_waiting[i], p_open[i]::uuid[], p_documents[i])
            ON CONFLICT DO NOTHING;
        ELSIF p_documents[i] IS NULL THEN
            DELETE FROM @schema@.schedule s WHERE s.id = p_ids[i] AND s.version = p_expected[i];
        ELSE
            -- The lock may have had to wait: only now is it time to look at the clock.
            PERFORM FROM @schema@.schedule s WHERE s.id = p_ids[i] AND s.version = p_expected[i] FOR UPDATE;
            CONTINUE WHEN NOT FOUND;
            v_now := (SELECT @schema@.clock());
            CONTINUE WHEN p_not_after[i] < v_now;
            UPDATE @schema@.schedule s
            SET version = p_versions[i], job_name = p_job_names[i], due_at = p_due[i], is_waiting = p_waiting[i], open_jobs = p_open[i]::uuid[],
                document = p_documents[i]
            WHERE s.id = p_ids[i] AND s.version = p_expected[i];
        END IF;
        IF FOUND THEN
            v_written := v_written || i;
        END IF;
    END LOOP;
    RETURN v_written;
END
$$;

DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = '@schema@'::regnamespace AND p.proname IN ('read_due_schedules', 'write_schedules')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
        EXECUTE format('ALTER FUNCTION %s SET enable_bitmapscan = off', f);
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
        EXECUTE format('ALTER FUNCTION %s SET jit = off', f);
    END LOOP;
END
$$;

-- Schedules for people.
CREATE VIEW @schema@.schedules AS
SELECT s.id, s.job_name, s.document::json ->> 'cron' AS cron, s.document::json ->> 'timeZone' AS time_zone, s.due_at,
    s.document::json ->> 'pausedReason' AS paused_reason, s.document::json AS document
FROM @schema@.schedule s;
