using System.Globalization;
using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>
/// The jobs in some states, from the tables that hold those states, as <c>job s</c> and what it is joined to: what is rare is found
/// without looking at what is common.
/// </summary>
internal static class StatePlaces
{
    /// <summary>All jobs.</summary>
    public static string All(string schema) => $"{schema}.job s";

    /// <summary>Completed jobs, read from the newest job backwards: most jobs are, and a page is full at once.</summary>
    public static string Completed(string schema) =>
        $"""
        {schema}.job s CROSS JOIN LATERAL (
            SELECT FROM (SELECT q.hi FROM {schema}.receipt q WHERE q.pack = s.pack AND q.lo <= s.slot ORDER BY q.lo DESC LIMIT 1) q WHERE q.hi >= s.slot) c
        """;

    /// <summary>Jobs in one state.</summary>
    public static string In(string schema, JobStatus status) => status == JobStatus.Completed ? Completed(schema) : In(schema, new HashSet<JobStatus> { status }, null, null);

    /// <param name="schema">The schema.</param>
    /// <param name="states">The states.</param>
    /// <param name="action">What is to be done to them, which narrows what is pending; null for lists.</param>
    /// <param name="endedFor">How long ago they ended at least; null for any.</param>
    public static string In(string schema, IReadOnlySet<JobStatus> states, JobAction? action, TimeSpan? endedFor)
    {
        var age = endedFor is { } time ? $" AND q.ended_at <= (SELECT {schema}.clock()) - {((long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture)} * interval '1 millisecond'" : string.Empty;
        var isLate = action is JobAction.Retry or JobAction.Promote;
        var isDependent = $"EXISTS (SELECT FROM {schema}.dependency y WHERE y.pack = q.pack AND y.slot = q.slot)";
        var parts = new List<string>();
        Add(JobStatus.Pending, "scheduled", "lo", "hi", action == JobAction.Retry ? "q.attempt > 0" : "true");
        if (!isLate)
        {
            Add(JobStatus.Pending, "ready", "lo", "hi", "true");
            Add(JobStatus.Pending, "gated", "slot", "slot", "true");
            Add(JobStatus.Pending, "waiting", "slot", "slot", "NOT " + isDependent);
            Add(JobStatus.Waiting, "waiting", "slot", "slot", isDependent);
        }

        // A detached job may have been completed by a transaction of its handler, which leaves the lease.
        Add(JobStatus.Running, "lease", "lo", "hi", $"NOT (q.detached AND {schema}.has_ended(q.pack, q.hi))");
        Add(JobStatus.Completed, "receipt", "lo", "hi", "true" + age);
        Add(JobStatus.Failed, "ended", "slot", "slot", "q.status = 4" + age);
        Add(JobStatus.Cancelled, "ended", "slot", "slot", "q.status = 5" + age);
        return parts.Count == 0
            ? $"{schema}.job s CROSS JOIN (SELECT WHERE false) nothing"
            : $"""
                ({string.Join(" UNION ALL ", parts)}) d CROSS JOIN LATERAL generate_series(d.lo, d.hi) g(slot)
                JOIN {schema}.job s ON s.pack = d.pack AND s.slot = g.slot
                """;

        void Add(JobStatus status, string table, string lo, string hi, string condition)
        {
            if (states.Contains(status))
                parts.Add($"SELECT q.pack, q.{lo} AS lo, q.{hi} AS hi FROM {schema}.{table} q WHERE {condition}");
        }
    }
}
