using System.Globalization;
using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>
/// The jobs in some states, from the tables that hold those states: what is rare is found without looking at what is common. Rows are
/// <c>s</c>, with at least their place.
/// </summary>
internal static class StatePlaces
{
    /// <summary>All jobs.</summary>
    public static string All(string schema) => $"{schema}.job s";

    /// <summary>Jobs of which their own rows decide whether they are meant, in some states.</summary>
    public static string OfJobs(string schema, IReadOnlySet<JobStatus> states, FilterSql filter) => (states.Count == 1 ? states.Single() : (JobStatus?)null) switch
    {
        // Read from the jobs: most have completed, and an index on what is asked for leads to the others.
        JobStatus.Completed =>
            $"""
            {schema}.job s CROSS JOIN LATERAL (
                SELECT FROM (SELECT q.hi FROM {schema}.receipt q WHERE q.pack = s.pack AND q.lo <= s.slot ORDER BY q.lo DESC LIMIT 1) q WHERE q.hi >= s.slot) c
            """,
        JobStatus.Failed => $"{schema}.job s JOIN {schema}.ended c ON c.pack = s.pack AND c.slot = s.slot AND c.status = 4",
        JobStatus.Cancelled => $"{schema}.job s JOIN {schema}.ended c ON c.pack = s.pack AND c.slot = s.slot AND c.status = 5",
        _ => OfJobs(schema, states, null, null, filter),
    };

    /// <inheritdoc cref="OfJobs(string, IReadOnlySet{JobStatus}, FilterSql)"/>
    public static string OfJobs(string schema, IReadOnlySet<JobStatus> states, JobAction? action, TimeSpan? endedFor, FilterSql filter) =>
        $"""
        ({Ranges(schema, states, action, endedFor, filter, null)}) d CROSS JOIN LATERAL generate_series(d.lo, d.hi) g(slot)
        JOIN {schema}.job s ON s.pack = d.pack AND s.slot = g.slot
        """;

    /// <summary>The newest jobs of a filter of which ranges alone decide: each place gives as many ranges as suffice, in the order of its index.</summary>
    public static string Newest(string schema, IReadOnlySet<JobStatus> states, JobAction? action, TimeSpan? endedFor, FilterSql filter, long count)
    {
        var limit = count.ToString(CultureInfo.InvariantCulture);
        return $"""
            (SELECT d.pack, g.slot
             FROM (SELECT d.*, sum(d.hi - d.lo + 1) OVER (ORDER BY d.pack DESC, d.hi DESC) - (d.hi - d.lo + 1) AS before FROM ({Ranges(schema, states, action, endedFor, filter, count)}) d) d
             CROSS JOIN LATERAL generate_series(d.lo, d.hi) g(slot)
             WHERE d.before < {limit}) s
            """;
    }

    /// <summary>How many jobs a filter has of which ranges alone decide.</summary>
    public static string Count(string schema, IReadOnlySet<JobStatus> states, FilterSql filter) =>
        $"SELECT coalesce(sum(d.hi - d.lo + 1), 0)::bigint FROM ({Ranges(schema, states, null, null, filter, null)}) d";

    /// <param name="schema">The schema.</param>
    /// <param name="states">The states.</param>
    /// <param name="action">What is to be done to them, which narrows what is pending; null for lists.</param>
    /// <param name="endedFor">How long ago they ended at least; null for any.</param>
    /// <param name="filter">What else is asked for.</param>
    /// <param name="limit">How many ranges of each place suffice, the newest; null for all.</param>
    private static string Ranges(string schema, IReadOnlySet<JobStatus> states, JobAction? action, TimeSpan? endedFor, FilterSql filter, long? limit)
    {
        var age = endedFor is { } time ? $" AND q.ended_at <= (SELECT {schema}.clock()) - {((long)Math.Ceiling(time.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture)} * interval '1 millisecond'" : string.Empty;
        var isLate = action is JobAction.Retry or JobAction.Promote;
        var isDependent = $"EXISTS (SELECT FROM {schema}.dependency y WHERE y.pack = q.pack AND y.slot = q.slot)";
        var isParked = $"EXISTS (SELECT FROM {schema}.parked k WHERE k.pack = q.pack AND k.slot = q.hi)";
        var parts = new List<string>();
        Add(JobStatus.Pending, "scheduled", "lo", "hi", (action == JobAction.Retry ? "q.attempt > 0 AND NOT " : "NOT ") + isParked);
        if (!isLate)
        {
            Add(JobStatus.Pending, "ready", "lo", "hi", "true");
            Add(JobStatus.Pending, "gated", "slot", "slot", "true", isDescribed: false);
            Add(JobStatus.Pending, "waiting", "slot", "slot", "NOT " + isDependent, isDescribed: false);
            Add(JobStatus.Waiting, "waiting", "slot", "slot", isDependent, isDescribed: false);
            Add(JobStatus.Waiting, "parked", "slot", "slot", "true", isDescribed: false);
        }

        // A detached job may have been completed by a transaction of its handler, which leaves the lease.
        Add(JobStatus.Running, "lease", "lo", "hi", $"NOT (q.detached AND {schema}.has_ended(q.pack, q.hi))");
        Add(JobStatus.Completed, "receipt", "lo", "hi", "true" + age);
        Add(JobStatus.Failed, "ended", "slot", "slot", "q.status = 4" + age);
        Add(JobStatus.Cancelled, "ended", "slot", "slot", "q.status = 5" + age);
        return parts.Count == 0 ? "SELECT NULL::bigint AS pack, NULL::integer AS lo, NULL::integer AS hi WHERE false" : string.Join(" UNION ALL ", parts);

        void Add(JobStatus status, string table, string lo, string hi, string condition, bool isDescribed = true)
        {
            if (!states.Contains(status))
                return;

            var newest = limit is { } count ? $" ORDER BY q.pack DESC, q.{(table == "receipt" ? lo : hi)} DESC LIMIT {count.ToString(CultureInfo.InvariantCulture)}" : string.Empty;
            parts.Add($"(SELECT q.pack, q.{lo} AS lo, {filter.BeforeCursor("q.pack", "q." + hi)} AS hi FROM {schema}.{table} q WHERE {condition}{filter.PlaceConditions(lo, hi, isDescribed)}{newest})");
        }
    }
}
