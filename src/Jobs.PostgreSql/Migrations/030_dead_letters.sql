-- The letter that was stored when a job failed for good. The letter's own record may be gone first.
CREATE TABLE @schema@.dead_letter (
    pack        bigint NOT NULL,
    slot        integer NOT NULL,
    letter_pack bigint NOT NULL,
    letter_slot integer NOT NULL,
    at          timestamptz NOT NULL,
    PRIMARY KEY (pack, slot)
);

-- Stores the letters of the jobs that a statement has just failed. A trigger, so that no way to fail a job can leave it out and all
-- of them do it in their own transaction; jobs without a target cost one look at their policy. The members of a letter are those of
-- DeadLetterEnvelope, the text of a target is that of FollowUpTarget.
--
-- Plan: the failed rows, each with its job and its history by primary key.
CREATE FUNCTION @schema@.store_dead_letters() RETURNS trigger LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_pack bigint;
    v_slot integer := 1000;
    f record;
BEGIN
    FOR f IN
        SELECT e.pack, e.slot, e.attempt, e.reason, e.error, e.ended_at, j.name, j.queue, j.created_at, j.payload, j.id,
            j.submitter, j.tags, j.metadata, j.trace_parent, a.error_type, a.stack_trace,
            regexp_match(j.policy, '(?:^| )dead-letter=([^, ]+),([^, ]+),(-?[0-9]+),([0-9]*),([0-9]*),([^ ]*)') AS target
        FROM failed e
        JOIN @schema@.job j ON j.pack = e.pack AND j.slot = e.slot AND j.policy LIKE '%dead-letter=%'
        LEFT JOIN LATERAL (
            SELECT q.reason, q.error_type, q.stack_trace FROM @schema@.attempt q
            WHERE q.pack = e.pack AND q.slot = e.slot ORDER BY q.token DESC, q.ended_at DESC LIMIT 1) a ON a.reason = e.reason
        WHERE e.status = 4
    LOOP
        CONTINUE WHEN f.target IS NULL;
        v_slot := v_slot + 1;
        IF v_slot >= 1000 THEN
            v_pack := nextval('@schema@.pack_seq');
            v_slot := 0;
        END IF;

        INSERT INTO @schema@.job (pack, slot, name, queue, priority, created_at, keep_failed, policy, payload, submitter, tags, metadata, trace_parent)
        VALUES (v_pack, v_slot, f.target[1], f.target[2], f.target[3]::integer, f.ended_at, nullif(f.target[5], '')::bigint,
            nullif(replace(f.target[6], ',', ' '), ''),
            convert_to(json_strip_nulls(json_build_object(
                'jobId', coalesce(f.id, @schema@.job_id(f.pack, f.slot)), 'jobName', f.name, 'queue', f.queue, 'attempts', f.attempt,
                'createdAt', f.created_at, 'failedAt', f.ended_at,
                'reason', (ARRAY['None', 'HandlerError', 'Timeout', 'NoHandler', 'InvalidPayload', 'NonRetryable', 'Stalled', 'DependencyFailed',
                    'CompletionNotCommitted'])[f.reason + 1],
                'error', f.error, 'errorType', f.error_type, 'stackTrace', f.stack_trace,
                'rawPayload', coalesce(@schema@.as_text(f.payload), encode(f.payload, 'escape'))))::text, 'UTF8'),
            f.submitter, f.tags,
            (coalesce(f.metadata::jsonb, '{}') || jsonb_build_object('dead-letter-of', coalesce(f.id, @schema@.job_id(f.pack, f.slot))))::json,
            f.trace_parent);
        INSERT INTO @schema@.ready (name, queue, rank, due_at, pack, hi, lo, attempt, takeovers, keep)
        VALUES (f.target[1], f.target[2], ~f.target[3]::integer, f.ended_at, v_pack, v_slot, v_slot, 0, 0, nullif(f.target[4], '')::bigint);
        INSERT INTO @schema@.dead_letter AS d (pack, slot, letter_pack, letter_slot, at)
        VALUES (f.pack, f.slot, v_pack, v_slot, f.ended_at)
        ON CONFLICT (pack, slot) DO UPDATE SET letter_pack = excluded.letter_pack, letter_slot = excluded.letter_slot, at = excluded.at;
    END LOOP;
    IF v_pack IS NOT NULL THEN
        PERFORM pg_notify('@channel@', 'r ');
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER store_dead_letters AFTER INSERT ON @schema@.ended
    REFERENCING NEW TABLE AS failed FOR EACH STATEMENT EXECUTE FUNCTION @schema@.store_dead_letters();
