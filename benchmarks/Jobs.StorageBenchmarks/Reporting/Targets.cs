using System.Globalization;
using Jobs.StorageBenchmarks.Results;

namespace Jobs.StorageBenchmarks.Reporting;

/// <summary>The targets, computed from the figures of one run. All are ratios within it, or bounds.</summary>
internal sealed class Targets(IReadOnlyList<GroupResult> groups)
{
    private const string Kept = "Jobs in memory, records kept";
    private const string Removed = "Jobs in memory, records removed";

    public IReadOnlyList<Target> All() =>
    [
        new("in memory, end to end, against Quartz", 5, 10, Ratio("memory", "e2e-single", Kept, "Quartz")),
        new("in memory, end to end, against the reference, records kept", 1, 1.5, Ratio("memory", "e2e-single", Kept, "reference, records kept"), Note: Bytes(Kept, "reference, records kept")),
        new("in memory, end to end, against the reference, records removed", 1, 1.5, Ratio("memory", "e2e-single", Removed, "reference, records removed"), Note: Bytes(Removed, "reference, records removed")),
        new("generated dispatch over a direct call, scope and handler given", 15, null, Fact("dispatch.over-ns"), " ns", IsUpperBound: true, Fact("dispatch.over-bytes") is { } bytes ? string.Create(CultureInfo.InvariantCulture, $"{bytes:0} bytes") : null),
        new("PostgreSQL, end to end, against graphile-worker's best", 5, 10, Ratio("postgres", "e2e", "Jobs on PostgreSQL", "graphile-worker, best batching")),
        new("PostgreSQL, end to end, against the bare loop", 2, 3, Ratio("postgres", "e2e", "Jobs on PostgreSQL", "bare Npgsql loop")),
        new("PostgreSQL, single enqueues, 64 callers against 1", 15, 25, Value("postgres", "single-64", "Jobs on PostgreSQL") / Value("postgres", "single-1", "Jobs on PostgreSQL")),
        new("PostgreSQL, idle latency p50, commit to handler", 2, 1, Value("postgres", "latency", "Jobs on PostgreSQL"), " ms", IsUpperBound: true),
        new("SQLite, end to end, against the bare loop", 0.8, 1, Ratio("sqlite", "e2e", "Jobs on SQLite", "bare SQLite loop")),
        new("PostgreSQL with finished jobs kept, against clean", 0.9, 1, Fact("endurance.finished") / Fact("endurance.clean"), Note: Fact("endurance.kept") is { } kept ? string.Create(CultureInfo.InvariantCulture, $"{kept:N0} kept") : null),
        new("PostgreSQL with a transaction held open, against clean", 0.9, 1, Fact("endurance.held") / Fact("endurance.clean"), Note: Fact("endurance.seconds") is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"held for {seconds:0} s") : null),
        new("PostgreSQL, delayed jobs that become due at once, against the drain", 0.9, 1, Value("postgres", "delayed", "Jobs on PostgreSQL") / Value("postgres", "drain", "Jobs on PostgreSQL"), Note: Jobs("postgres", "delayed", "Jobs on PostgreSQL")),
        new("NativeAOT, start to first job done", 50, 20, Fact("startup.aot-ms"), " ms", IsUpperBound: true),
    ];

    private double? Ratio(string group, string scenario, string ours, string theirs) => Value(group, scenario, ours) / Value(group, scenario, theirs);

    private double? Value(string group, string scenario, string contender) => Find(group, scenario, contender)?.Percentile(0.5);

    private string? Jobs(string group, string scenario, string contender) =>
        Find(group, scenario, contender) is { } cell ? string.Create(CultureInfo.InvariantCulture, $"{cell.Jobs:N0} jobs") : null;

    private string? Bytes(string ours, string theirs) =>
        Find("memory", "e2e-single", ours) is { } one && Find("memory", "e2e-single", theirs) is { } other
            ? string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(one.Bytes):N0} bytes per job against {Statistics.Median(other.Bytes):N0}")
            : null;

    private Cell? Find(string group, string scenario, string contender) =>
        groups.FirstOrDefault(one => one.Key == group)?.Scenarios.FirstOrDefault(one => one.Id == scenario)?.Of(contender);

    private double? Fact(string name) => groups.Where(group => group.Facts.ContainsKey(name)).Select(group => (double?)group.Facts[name]).FirstOrDefault();
}
