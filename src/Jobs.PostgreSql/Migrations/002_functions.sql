-- The clock that decides what is due and what has expired. Used as (SELECT @schema@.clock()), which can serve an index condition.
CREATE FUNCTION @schema@.clock() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$ SELECT clock_timestamp() $$;

-- The key of the advisory lock of a lease.
CREATE FUNCTION @schema@.lease_lock(token bigint) RETURNS bigint LANGUAGE sql IMMUTABLE AS
$$ SELECT hashtextextended('@name@.lease', token) $$;

-- The id that was issued for a job: a UUID of version 8 with 48 bits of pack, 12 of slot and 62 of the installation.
CREATE FUNCTION @schema@.job_id(pack bigint, slot integer) RETURNS uuid LANGUAGE sql STABLE AS
$$
    SELECT (lpad(to_hex(pack), 12, '0') || '8' || lpad(to_hex(slot), 3, '0')
        || lpad(to_hex((-9223372036854775808)::bigint | i.signature), 16, '0'))::uuid
    FROM @schema@.installation i
$$;

-- The result of one job of a receipt.
CREATE FUNCTION @schema@.result_of(results bytea, index integer, count integer) RETURNS bytea LANGUAGE plpgsql IMMUTABLE AS
$$
DECLARE
    position integer := 1 + 4 * count;
    length integer;
BEGIN
    IF results IS NULL THEN
        RETURN NULL;
    END IF;
    FOR i IN 0..index LOOP
        length := ('x' || encode(substring(results FROM 1 + 4 * i FOR 4), 'hex'))::bit(32)::integer;
        EXIT WHEN i = index;
        position := position + greatest(length, 0);
    END LOOP;
    RETURN CASE WHEN length < 0 THEN NULL ELSE substring(results FROM position FOR length) END;
END
$$;

-- Removes records, with their keys and whatever else belongs to them. What holds the ranges is the caller's to delete.
CREATE FUNCTION @schema@.remove_jobs(p_packs bigint[], p_los integer[], p_his integer[]) RETURNS integer LANGUAGE plpgsql AS
$$
DECLARE
    v_count integer := 0;
    v_keys @schema@.job_key[];
    r record;
BEGIN
    -- Of jobs that ended nothing is left of this; who waits for one that was removed before its end waits in vain.
    IF EXISTS (SELECT FROM @schema@.dependency) OR EXISTS (SELECT FROM @schema@.line) THEN
        PERFORM @schema@.links_ended(p_packs, p_los, p_his, false);
    END IF;
    FOR r IN SELECT * FROM unnest(p_packs, p_los, p_his) u(pack, lo, hi) LOOP
        WITH gone AS (
            DELETE FROM @schema@.job j WHERE j.pack = r.pack AND j.slot BETWEEN r.lo AND r.hi
            RETURNING j.slot, j.name, j.id, j.idempotency_key
        )
        SELECT v_count + count(*), v_keys
            || array_agg(ROW('', g.id::text, r.pack, g.slot, NULL)::@schema@.job_key) FILTER (WHERE g.id IS NOT NULL)
            || array_agg(ROW(g.name, g.idempotency_key, r.pack, g.slot, NULL)::@schema@.job_key) FILTER (WHERE g.idempotency_key IS NOT NULL)
        INTO v_count, v_keys
        FROM gone g;

        DELETE FROM @schema@.attempt a WHERE a.pack = r.pack AND a.slot BETWEEN r.lo AND r.hi;
        DELETE FROM @schema@.progress p WHERE p.pack = r.pack AND p.slot BETWEEN r.lo AND r.hi;
        DELETE FROM @schema@.step t WHERE t.pack = r.pack AND t.slot BETWEEN r.lo AND r.hi;
        DELETE FROM @schema@.log l WHERE l.pack = r.pack AND l.slot BETWEEN r.lo AND r.hi;
        DELETE FROM @schema@.dead_letter d WHERE d.pack = r.pack AND d.slot BETWEEN r.lo AND r.hi;
        DELETE FROM @schema@.cancel_request c WHERE c.pack = r.pack AND c.slot BETWEEN r.lo AND r.hi;
        DELETE FROM @schema@.intervention i WHERE i.pack = r.pack AND i.slot BETWEEN r.lo AND r.hi;
    END LOOP;

    -- An idempotency key may have passed on to another job.
    FOR r IN SELECT k.scope, k.key, k.pack, k.slot FROM unnest(v_keys) k LOOP
        DELETE FROM @schema@.job_key d WHERE d.scope = r.scope AND d.key = r.key AND d.pack = r.pack AND d.slot = r.slot;
    END LOOP;
    RETURN v_count;
END
$$;

-- Bytes as text; null when they are not UTF-8, which a view must survive.
CREATE FUNCTION @schema@.as_text(p_bytes bytea) RETURNS text LANGUAGE plpgsql IMMUTABLE AS
$$
BEGIN
    RETURN convert_from(p_bytes, 'UTF8');
EXCEPTION WHEN character_not_in_repertoire OR untranslatable_character THEN
    RETURN NULL;
END
$$;
