using Jobs.Storage;
using Jobs.Storage.Conformance;
using Jobs.TestServers;
using Npgsql;

namespace Jobs.PostgreSql.Tests;

/// <summary>A server whose disk is full. The schema's tables lie on a small disk of their own, so that nobody else is in trouble.</summary>
public sealed class FullDiskTests(ServerFixture server) : StorageTests
{
    private SmallFileSystem? _disk;
    private string? _tablespace;

    [Fact]
    public async Task What_does_not_fit_is_refused_and_everything_goes_on_when_there_is_room()
    {
        var worker = await StartWorkerAsync();
        var accepted = new List<JobId>();
        JobException? error = null;
        while (error is null)
        {
            Assert.True(accepted.Count < 10_000, "The disk never became full.");
            try
            {
                accepted.Add((await InsertAsync(BigJob())).Id);
            }
            catch (JobException e)
            {
                error = e;
            }
        }

        Assert.Equal(JobErrorCodes.Storage, error.Code);
        Assert.Contains("disk is full", error.Message, StringComparison.Ordinal);
        Assert.Equal(accepted.Count, await Storage.CountAsync(new JobFilter(), Cancellation));

        await _disk!.ResizeAsync(256);
        accepted.Add((await InsertAsync(BigJob())).Id);
        var claimed = await worker.ClaimAsync(accepted.Count + 1);
        Assert.Equal(accepted, claimed.Select(job => job.Id));
        var completed = await worker.ExchangeAsync(0, claimed.Select(job => TestWorker.Outcome(job, JobOutcomeKind.Completed)));
        Assert.All(completed.Dispositions, disposition => Assert.Equal(OutcomeDisposition.Stored, disposition));
    }

    public override async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(server.Server.IsOwn, "The small disk must be on the server's own machine.");
        _disk = await SmallFileSystem.TryMountAsync(8);
        Assert.SkipWhen(_disk is null, "Mounting a small disk takes root on Linux.");
        _tablespace = $"small_{Guid.NewGuid():N}";
        await server.Server.CreateTablespaceAsync(_tablespace, Path.Combine(_disk.Path, "tables"));
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        if (_disk is null)
            return;

        await using (var source = NpgsqlDataSource.Create(server.ConnectionString))
        {
            await using var command = source.CreateCommand($"DROP TABLESPACE {_tablespace}");
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        await _disk.DisposeAsync();
    }

    protected override StorageHarness CreateHarness() =>
        new PostgreSqlHarness(new NpgsqlConnectionStringBuilder(server.ConnectionString) { Options = $"-c default_tablespace={_tablespace}" }.ConnectionString, server.ConnectionString);

    /// <summary>Random, because the server compresses what it can.</summary>
    private static JobRecord BigJob()
    {
        var job = Job();
        var payload = new byte[64 * 1024];
        Random.Shared.NextBytes(payload);
        return new JobRecord { Name = job.Name, Queue = job.Queue, Payload = payload, Policy = job.Policy };
    }
}
