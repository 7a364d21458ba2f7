-- Jobs whose end is told to somebody, by the text of their policy. Empty in most installations: looking for one costs a page then.
CREATE INDEX job_callback ON @schema@.job (pack, slot) WHERE policy LIKE '%callback=%';

-- Stores the job that tells of the end of another one. The members of its payload are those of CallbackDelivery, the text of the
-- target is that of FollowUpTarget. One row per call: jobs with callbacks are few, and each callback costs a request anyway.
CREATE FUNCTION @schema@.store_callback(
    p_pack bigint, p_slot integer, p_status text, p_attempt integer, p_reason integer, p_error text, p_ended_at timestamptz, p_result bytea)
RETURNS void LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_job @schema@.job;
    v_target text[];
    v_url text;
    v_pack bigint;
    v_id uuid;
BEGIN
    SELECT * INTO v_job FROM @schema@.job j WHERE j.pack = p_pack AND j.slot = p_slot AND j.policy LIKE '%callback=%';
    v_target := regexp_match(v_job.policy, '(?:^| )callback=([^, ]+),([^, ]+),(-?[0-9]+),([0-9]*),([0-9]*),([^ ]*)');
    v_url := (regexp_match(v_job.policy, CASE p_status WHEN 'Completed' THEN '(?:^| )on-completed=([^ ]+)' ELSE '(?:^| )on-failed=([^ ]+)' END))[1];
    IF v_target IS NULL OR v_url IS NULL THEN
        RETURN;
    END IF;

    v_pack := nextval('@schema@.pack_seq');
    v_id := coalesce(v_job.id, @schema@.job_id(p_pack, p_slot));
    INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, keep_failed, policy, payload, submitter, tags, metadata, trace_parent)
    VALUES (v_pack, 0, v_target[1], v_target[2], v_target[3]::integer, p_ended_at, nullif(v_target[5], '')::bigint,
        nullif(replace(v_target[6], ',', ' '), ''),
        convert_to(json_strip_nulls(json_build_object(
            'url', v_url, 'jobId', v_id, 'jobName', v_job.name, 'queue', v_job.queue, 'status', p_status, 'attempts', p_attempt,
            'createdAt', v_job.created_at, 'endedAt', p_ended_at,
            'reason', CASE p_status WHEN 'Failed' THEN (ARRAY['None', 'HandlerError', 'Timeout', 'NoHandler', 'InvalidPayload', 'NonRetryable',
                'Stalled', 'DependencyFailed', 'CompletionNotCommitted'])[p_reason + 1] END,
            'error', p_error, 'result', @schema@.as_text(p_result)))::text, 'UTF8'),
        v_job.submitter, v_job.tags, (coalesce(v_job.metadata::jsonb, '{}') || jsonb_build_object('callback-of', v_id))::json, v_job.trace_parent);
    INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
    VALUES (v_target[1], v_target[2], ~v_target[3]::integer, p_ended_at, v_pack, 0, 0, 0, 0, nullif(v_target[4], '')::bigint);
    PERFORM pg_notify('@channel@', 'r ');
END
$$;

-- Those of jobs that failed or were cancelled, whoever ended them. A trigger, as for dead letters.
CREATE FUNCTION @schema@.store_callbacks() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
BEGIN
    IF EXISTS (SELECT FROM @schema@.job j WHERE j.policy LIKE '%callback=%') THEN
        PERFORM @schema@.store_callback(e.pack, e.slot, CASE e.status WHEN 4 THEN 'Failed' ELSE 'Cancelled' END, e.attempt, e.reason,
            CASE e.status WHEN 4 THEN e.error END, e.ended_at, NULL)
        FROM ends e
        JOIN @schema@.job j ON j.pack = e.pack AND j.slot = e.slot AND j.policy LIKE '%callback=%';
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER store_callbacks AFTER INSERT ON @schema@.ended
    REFERENCING NEW TABLE AS ends FOR EACH STATEMENT EXECUTE FUNCTION @schema@.store_callbacks();
