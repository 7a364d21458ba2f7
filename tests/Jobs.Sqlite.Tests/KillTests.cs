using System.Diagnostics;
using Jobs.Storage;
using Jobs.Testing;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Jobs.Sqlite.Tests;

/// <summary>A process that is killed in the middle of its work loses nothing that it was told is stored.</summary>
public sealed class KillTests : IDisposable
{
    private const int LinesPerRound = 2000;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task What_was_accepted_survives_a_kill_again_and_again()
    {
        var accepted = new HashSet<JobId>();
        var completed = new HashSet<JobId>();
        for (var round = 0; round < 3; round++)
        {
            RunAndKill(accepted, completed);
            AssertIntact();
        }

        Assert.NotEmpty(accepted);
        Assert.NotEmpty(completed);

        // An hour later the leases of the dead have expired; whoever comes does the rest.
        await using var storage = await OpenAsync(new ManualTimeProvider(DateTimeOffset.UtcNow.AddHours(1)));
        await AssertStatesAsync(storage, accepted, completed);
        await FinishAsync(storage);
        foreach (var id in accepted)
            Assert.Equal(JobStatus.Completed, (await storage.GetAsync(id, JobParts.None, TestContext.Current.CancellationToken))?.Status);

        AssertIntact();
    }

    private static async Task AssertStatesAsync(SqliteJobStorage storage, HashSet<JobId> accepted, HashSet<JobId> completed)
    {
        foreach (var id in accepted)
            Assert.NotNull(await storage.GetAsync(id, JobParts.None, TestContext.Current.CancellationToken));

        foreach (var id in completed)
            Assert.Equal(JobStatus.Completed, (await storage.GetAsync(id, JobParts.None, TestContext.Current.CancellationToken))?.Status);
    }

    private static async Task FinishAsync(SqliteJobStorage storage)
    {
        var cancellation = TestContext.Current.CancellationToken;
        var worker = new WorkerHeartbeat("heir", "host", null, TimeSpan.FromSeconds(30), ["work"], []);
        await storage.HeartbeatAsync(worker, cancellation);
        Assert.True((await storage.MaintainAsync(new MaintenanceRequest("heir", 3, TimeSpan.FromDays(1)), cancellation)).IsDone);
        var exchange = new WorkExchange { WorkerId = "heir", Names = worker.Names, MaxJobs = 500 };
        do
        {
            var outcomes = exchange.Claimed.ConvertAll(claimed => new JobOutcome { Id = claimed.Id, Lease = claimed.Lease, Kind = JobOutcomeKind.Completed });
            exchange.Reset();
            exchange.MaxJobs = 500;
            exchange.Outcomes.AddRange(outcomes);
            await storage.ExchangeAsync(exchange, cancellation);
            Assert.All(exchange.Dispositions, disposition => Assert.Equal(OutcomeDisposition.Stored, disposition));
        }
        while (exchange.Claimed.Count > 0);
    }

    private void RunAndKill(HashSet<JobId> accepted, HashSet<JobId> completed)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Jobs.Sqlite.Tests.Victim.dll"));
        start.ArgumentList.Add(_directory.File());
        using var victim = Process.Start(start)!;
        for (var line = 0; victim.StandardOutput.ReadLine() is { } text; line++)
        {
            if (line == LinesPerRound)
                victim.Kill();

            // The last line may have been cut.
            if (text.Length == 38)
                (text[0] == 'I' ? accepted : completed).Add(JobId.Parse(text.AsSpan(2), null));
        }

        victim.WaitForExit();
        Assert.NotEqual(0, victim.ExitCode);
    }

    private void AssertIntact()
    {
        using var connection = new SqliteConnection($"Data Source={_directory.File()};Pooling=False");
        connection.Open();
        Assert.Empty(Invariants.FindViolations(connection));
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        Assert.Equal("ok", check.ExecuteScalar());
    }

    private async Task<SqliteJobStorage> OpenAsync(TimeProvider clock)
    {
        var options = new SqliteOptions { TimeProvider = clock };
        var storage = new SqliteJobStorage(new SqliteDatabase($"Data Source={_directory.File()}", options), options, loggerFactory: null);
        await storage.InitializeAsync(TestContext.Current.CancellationToken);
        return storage;
    }
}
