-- What happened, where that is to be kept.
CREATE TABLE @schema@.event (
    sequence   bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    stored_at  timestamptz NOT NULL,
    at         timestamptz NOT NULL,
    kind       smallint NOT NULL,
    job        uuid,                            -- null: about a queue
    name       text,
    queue      text,
    tags       text[],
    attempt    integer NOT NULL,
    will_retry boolean NOT NULL,
    reason     smallint NOT NULL,
    message    text,
    progress   double precision
);

CREATE INDEX event_job ON @schema@.event (job, sequence) WHERE job IS NOT NULL;
CREATE INDEX event_age ON @schema@.event (stored_at);

-- Appends events. Who appends holds the lock until the commit, so that numbers become visible in their order and a reader that has
-- come to one misses none before it. Batches of a process follow each other anyway, so only processes wait for each other.
CREATE FUNCTION @schema@.append_events(
    p_ats timestamptz[], p_kinds smallint[], p_jobs uuid[], p_names text[], p_queues text[], p_tags text[], p_attempts integer[],
    p_retries boolean[], p_reasons smallint[], p_messages text[], p_progress double precision[], p_retention bigint)
RETURNS void LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_now timestamptz;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtextextended('@name@.event', 0));
    v_now := (SELECT @schema@.clock());
    INSERT INTO @schema@.event (stored_at, at, kind, job, name, queue, tags, attempt, will_retry, reason, message, progress)
    SELECT v_now, e.at, e.kind, e.job, e.name, e.queue, e.tags::text[], e.attempt, e.will_retry, e.reason, e.message, e.progress
    FROM unnest(p_ats, p_kinds, p_jobs, p_names, p_queues, p_tags, p_attempts, p_retries, p_reasons, p_messages, p_progress)
        WITH ORDINALITY e(at, kind, job, name, queue, tags, attempt, will_retry, reason, message, progress, n)
    ORDER BY e.n;
    DELETE FROM @schema@.event e WHERE e.sequence = ANY (ARRAY(
        SELECT q.sequence FROM @schema@.event q WHERE q.stored_at < v_now - p_retention * interval '1 millisecond' ORDER BY q.stored_at LIMIT 1000));
END
$$;
