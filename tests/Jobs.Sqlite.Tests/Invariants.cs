using Microsoft.Data.Sqlite;

namespace Jobs.Sqlite.Tests;

/// <summary>What must be true of the file at every moment.</summary>
internal static class Invariants
{
    private const string Sql =
        """
        SELECT 'job ' || job || ' is in ' || places || ' places' FROM jobs_misplaced
        UNION ALL SELECT 'ready without a job: ' || job FROM jobs_ready WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'ready in a lane that is not its own: ' || r.job FROM jobs_ready r JOIN jobs_job j USING (job) WHERE r.lane <> j.lane OR r.rank <> -j.priority
        UNION ALL SELECT 'scheduled without a job: ' || job FROM jobs_scheduled WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'held without a job: ' || job FROM jobs_lease WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'ended without a job: ' || job FROM jobs_ended WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'a run without a job: ' || job FROM jobs_run WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'progress without a job: ' || job FROM jobs_progress WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'a key without a job: ' || job FROM jobs_key WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'an explicit id without a key: ' || job FROM jobs_job j WHERE explicit_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs_key k WHERE k.kind = 0 AND k.key = j.explicit_id AND k.job = j.job)
        UNION ALL SELECT 'an idempotency key without a key: ' || job FROM jobs_job j WHERE idempotency_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs_key k WHERE k.kind = 1 AND k.scope = (SELECT l.name FROM jobs_lane l WHERE l.lane = j.lane) AND k.key = CAST(j.idempotency_key AS BLOB))
        UNION ALL SELECT 'an intervention without a job: ' || job FROM jobs_intervention WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'a step without a job: ' || job FROM jobs_step WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'waits for several things at once: ' || job FROM jobs_step WHERE waits GROUP BY job HAVING count(*) > 1
        UNION ALL SELECT 'waits for what is over: ' || s.job FROM jobs_scheduled s JOIN jobs_step w ON w.job = s.job AND w.due_at = s.due_at WHERE w.waits AND w.value IS NOT NULL
        UNION ALL SELECT 'gated without a job: ' || job FROM jobs_gated WHERE job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'gated in a stream that is not its own: ' || g.job FROM jobs_gated g LEFT JOIN jobs_stream s USING (stream) JOIN jobs_job j USING (job)
            WHERE (s.lane, s.tenant, s.gate, g.rank) IS NOT (j.lane, coalesce(j.fairness_key, ''), coalesce(j.concurrency_key, ''), -j.priority)
        UNION ALL SELECT 'a stream that is empty or listed wrongly: ' || s.stream FROM jobs_stream s
            LEFT JOIN jobs_gated g ON g.job = (SELECT x.job FROM jobs_gated x WHERE x.stream = s.stream ORDER BY x.rank, x.ord, x.job LIMIT 1)
            WHERE g.job IS NULL OR (s.rank, s.ord) <> (g.rank, g.ord)
                OR s.is_open <> (s.sleeps_until IS NULL AND (s.gate = '' OR ((SELECT count(*) FROM jobs_lease h WHERE h.gate = s.gate) < g.max_held AND NOT EXISTS (SELECT 1 FROM jobs_pause p WHERE p.scope = 4 AND p.key = s.gate))))
        UNION ALL SELECT 'held without its gate: ' || h.job FROM jobs_lease h JOIN jobs_job j USING (job)
            WHERE h.gate IS NOT CASE WHEN coalesce(j.concurrency_key, j.fairness_key, j.lifo) IS NULL THEN NULL ELSE coalesce(j.concurrency_key, '') END
        UNION ALL SELECT 'waits for nothing: ' || v.job FROM jobs_waiting v
            WHERE v.dependencies = 0 AND NOT EXISTS (SELECT 1 FROM jobs_line a JOIN jobs_line b ON b.key = a.key AND b.position < a.position WHERE a.job = v.job)
        UNION ALL SELECT 'counts its dependencies wrongly: ' || v.job FROM jobs_waiting v WHERE v.dependencies <> (SELECT count(*) FROM jobs_dependency d WHERE d.child = v.job)
        UNION ALL SELECT 'a dependency of or on what has ended: ' || parent || '/' || child FROM jobs_dependency d
            WHERE EXISTS (SELECT 1 FROM jobs_ended e WHERE e.job IN (d.parent, d.child)) OR child NOT IN (SELECT job FROM jobs_waiting) OR parent NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'in line though it has ended: ' || n.job FROM jobs_line n WHERE n.job IN (SELECT job FROM jobs_ended) OR n.job NOT IN (SELECT job FROM jobs_job)
        UNION ALL SELECT 'not in line: ' || j.job FROM jobs_job j
            WHERE j.ordering_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs_ended e WHERE e.job = j.job) AND NOT EXISTS (SELECT 1 FROM jobs_line n WHERE n.job = j.job AND n.key = j.ordering_key)
        UNION ALL SELECT 'a token that was not issued: ' || job FROM jobs_lease WHERE token > (SELECT value FROM jobs_meta WHERE key = 'last_token')
        UNION ALL SELECT 'a job that was not issued: ' || job FROM jobs_job WHERE job > (SELECT value FROM jobs_meta WHERE key = 'last_job')
        """;

    public static IReadOnlyList<string> FindViolations(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = Sql;
        using var reader = command.ExecuteReader();
        var violations = new List<string>();
        while (reader.Read())
            violations.Add(reader.GetString(0));

        return violations;
    }
}
