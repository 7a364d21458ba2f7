-- Planner settings travel with the functions, never with a session: behind a pooler a session is anybody's. Plans are made once,
-- perhaps while the tables are empty, and must still be right when they are not: index scans only, and no plan per call.
DO $$
DECLARE
    f regprocedure;
BEGIN
    FOR f IN
        SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_language l ON l.oid = p.prolang
        WHERE p.pronamespace = '@schema@'::regnamespace AND l.lanname = 'plpgsql'
            AND p.proname IN ('enqueue', 'settle', 'claim', 'detach', 'complete_detached', 'was_completed', 'report_progress', 'cancel',
                'ended_of', 'give_back', 'retire', 'maintain')
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET enable_seqscan = off', f);
        EXECUTE format('ALTER FUNCTION %s SET enable_bitmapscan = off', f);
        EXECUTE format('ALTER FUNCTION %s SET plan_cache_mode = force_generic_plan', f);
        EXECUTE format('ALTER FUNCTION %s SET jit = off', f);
    END LOOP;
END
$$;

-- Waiting for a handler's transaction that is about to complete a job must not hold up everybody else.
ALTER FUNCTION @schema@.maintain SET lock_timeout = '200ms';
