-- What handlers wrote, per job in the order of the lines.
CREATE TABLE @schema@.log (
    pack    bigint NOT NULL,
    slot    integer NOT NULL,
    line    bigint NOT NULL,
    at      timestamptz NOT NULL,
    level   smallint NOT NULL,
    attempt integer NOT NULL,
    message text NOT NULL,
    fields  json,
    PRIMARY KEY (pack, slot, line)
);

-- Appends lines, each only while its lease holds or after its job was completed under it; the shared lock of the lease makes endings
-- wait. Answers the indexes of those that were refused, from 1.
--
-- Plan: lease, receipt and log are reached through their primary keys, once per attempt that wrote.
CREATE FUNCTION @schema@.append_logs(
    p_packs bigint[], p_slots integer[], p_tokens bigint[], p_nonces bigint[], p_attempts integer[], p_ats timestamptz[], p_levels smallint[],
    p_messages text[], p_fields text[], p_max integer)
RETURNS SETOF integer LANGUAGE plpgsql
    SET enable_seqscan = off SET enable_bitmapscan = off SET plan_cache_mode = force_generic_plan SET jit = off AS
$$
DECLARE
    v_last bigint;
    a record;
BEGIN
    PERFORM pg_advisory_xact_lock_shared(@schema@.lease_lock(s.t)) FROM (SELECT DISTINCT t FROM unnest(p_tokens) t ORDER BY t) s;
    FOR a IN
        SELECT l.pack, l.slot, l.token, l.nonce, array_agg(l.n::integer ORDER BY l.n) AS lines, count(*) AS count
        FROM unnest(p_packs, p_slots, p_tokens, p_nonces) WITH ORDINALITY l(pack, slot, token, nonce, n)
        GROUP BY l.pack, l.slot, l.token, l.nonce
        ORDER BY l.pack, l.slot, l.token
    LOOP
        IF NOT EXISTS (
            SELECT FROM (SELECT q.* FROM @schema@.lease q WHERE q.pack = a.pack AND q.hi >= a.slot ORDER BY q.hi LIMIT 1) q
            WHERE q.lo <= a.slot AND q.token = a.token AND q.nonce = a.nonce)
            AND NOT EXISTS (
            SELECT FROM (SELECT r.* FROM @schema@.receipt r WHERE r.pack = a.pack AND r.lo <= a.slot ORDER BY r.lo DESC LIMIT 1) r
            WHERE r.hi >= a.slot AND r.token = a.token AND r.nonce = a.nonce) THEN
            RETURN QUERY SELECT unnest(a.lines);
            CONTINUE;
        END IF;

        SELECT g.line INTO v_last FROM @schema@.log g WHERE g.pack = a.pack AND g.slot = a.slot ORDER BY g.line DESC LIMIT 1;
        v_last := coalesce(v_last, 0);
        INSERT INTO @schema@.log (pack, slot, line, at, level, attempt, message, fields)
        SELECT a.pack, a.slot, v_last + l.n, p_ats[l.i], p_levels[l.i], p_attempts[l.i], p_messages[l.i], p_fields[l.i]::json
        FROM unnest(a.lines) WITH ORDINALITY l(i, n);
        DELETE FROM @schema@.log g WHERE g.pack = a.pack AND g.slot = a.slot AND g.line <= v_last + a.count - p_max;
    END LOOP;
END
$$;
