using System.Globalization;
using Npgsql;

namespace Jobs.LongHorizon.Running;

/// <summary>What the harness sets in the environment.</summary>
internal sealed record RunnerSettings
{
    public required string ConnectionString { get; init; }

    /// <summary>Whether the producer keeps the queue at <see cref="TargetDepth"/>, rather than <see cref="Rate"/>.</summary>
    public bool IsDepthTarget { get; init; }

    /// <summary>Jobs per second.</summary>
    public double Rate { get; init; }

    /// <summary>A file that holds another rate while there is one.</summary>
    public string? RateControlFile { get; init; }

    /// <summary>How many jobs one call enqueues at most.</summary>
    public int BatchMax { get; init; }

    /// <summary>How long the producer waits between calls.</summary>
    public TimeSpan BatchInterval { get; init; }

    public int TargetDepth { get; init; }

    public int Workers { get; init; }

    public int PayloadBytes { get; init; }

    public TimeSpan Work { get; init; }

    public TimeSpan SampleEvery { get; init; }

    public int Instance { get; init; }

    /// <summary>A file that the ranges of all jobs are written to whose enqueue returned; ours, not the harness's.</summary>
    public string? LedgerFile { get; init; }

    /// <summary>How long a claim holds without a heartbeat; ours, not the harness's.</summary>
    public TimeSpan Lease { get; init; }

    /// <exception cref="ArgumentException">There is no DATABASE_URL, or the scenario or the mode is unknown.</exception>
    public static RunnerSettings FromEnvironment()
    {
        var scenario = Text("SCENARIO", "long_horizon");
        if (scenario != "long_horizon")
            throw new ArgumentException($"SCENARIO is {scenario}: only long_horizon is known.");

        var mode = Text("PRODUCER_MODE", "fixed");
        return new RunnerSettings
        {
            ConnectionString = ConnectionStringOf(Environment.GetEnvironmentVariable("DATABASE_URL") ?? throw new ArgumentException("DATABASE_URL must be set, such as postgres://user@host:5432/database.")),
            IsDepthTarget = mode switch { "fixed" => false, "depth-target" => true, _ => throw new ArgumentException($"PRODUCER_MODE is {mode}: fixed or depth-target.") },
            Rate = Number("PRODUCER_RATE", 800),
            RateControlFile = Environment.GetEnvironmentVariable("PRODUCER_RATE_CONTROL_FILE"),
            BatchMax = Math.Max(1, (int)Number("PRODUCER_BATCH_MAX", 128)),
            BatchInterval = TimeSpan.FromMilliseconds(Math.Max(1, Number("PRODUCER_BATCH_MS", 25))),
            TargetDepth = (int)Number("TARGET_DEPTH", 1000),
            Workers = Math.Max(1, (int)Number("WORKER_COUNT", 32)),
            PayloadBytes = (int)Number("JOB_PAYLOAD_BYTES", 256),
            Work = TimeSpan.FromMilliseconds(Number("JOB_WORK_MS", 1)),
            SampleEvery = TimeSpan.FromSeconds(Math.Max(1, Number("SAMPLE_EVERY_S", 5))),
            Instance = (int)Number("BENCH_INSTANCE_ID", 0),
            LedgerFile = Environment.GetEnvironmentVariable("LEDGER_FILE"),
            Lease = TimeSpan.FromSeconds(Number("LEASE_S", 30)),
        };
    }

    /// <summary>Npgsql's form of a URL; what is no URL is taken as it is.</summary>
    private static string ConnectionStringOf(string url)
    {
        if (!url.StartsWith("postgres://", StringComparison.Ordinal) && !url.StartsWith("postgresql://", StringComparison.Ordinal))
            return url;

        var parsed = new Uri(url);
        var user = parsed.UserInfo.Split(':', 2);
        return new NpgsqlConnectionStringBuilder
        {
            Host = parsed.Host,
            Port = parsed.Port > 0 ? parsed.Port : 5432,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = Uri.UnescapeDataString(parsed.AbsolutePath.TrimStart('/')),
        }.ConnectionString;
    }

    private static string Text(string name, string standard) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : standard;

    private static double Number(string name, double standard) => double.Parse(Text(name, standard.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
}
