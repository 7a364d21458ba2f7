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
        UNION ALL SELECT 'an idempotency key without a key: ' || job FROM jobs_job j WHERE idempotency_key IS NOT NULL AND NOT EXISTS (SELECT 1 FROM jobs_key k WHERE k.kind = 1 AND k.job = j.job)
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
