using Microsoft.Extensions.Logging;

namespace Jobs.Hosting.Tests.Upgrades;

/// <summary>What a worker says at its start of the jobs that it finds queued.</summary>
public sealed class QueueCheckTests
{
    private const int UnreadableJobs = 51;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Queued_jobs_that_this_version_cannot_read_are_counted_by_name()
    {
        using var file = new TemporaryFile();
        await using (var before = await Application.StartAsync(services => services.AddJobs(jobs => jobs.UseSqlite(file.ConnectionString))))
        {
            for (var i = 0; i < 3; i++)
            {
                await before.Jobs.Transfer.EnqueueAsync(new(), new() { Delay = "1h", IdempotencyKey = $"{i}" }, Cancellation);
                await before.Jobs.Count.EnqueueAsync(i, new() { Delay = "1h" }, Cancellation);
            }
        }

        file.Execute("UPDATE jobs_job SET payload = CAST('{\"account\":1}' AS BLOB) WHERE job IN (SELECT job FROM jobs_job WHERE CAST(payload AS TEXT) LIKE '%EUR%' LIMIT 2)");
        using var log = new WarningLog(UnreadableJobs);
        await using var after = await Application.StartAsync(services => services.AddJobs(jobs => jobs.UseSqlite(file.ConnectionString)).AddLogging(logging => logging.AddProvider(log)));

        Assert.StartsWith("2 of 3 queued jobs 'transfer' that were looked at cannot be read by this version of the code", await log.NextAsync(), StringComparison.Ordinal);
        Assert.Equal(6, await after.Manager.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation));
    }
}
