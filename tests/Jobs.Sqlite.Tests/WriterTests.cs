using Jobs.Storage;
using Jobs.Storage.Conformance;
using Xunit;

namespace Jobs.Sqlite.Tests;

public sealed class WriterTests : SqliteFile
{
    [Fact]
    public async Task A_request_that_fails_does_not_poison_those_that_share_its_commit()
    {
        var storage = await OpenAsync();
        var taken = JobId.From("taken");
        await storage.InsertAsync(Job(new JobDetails { Id = taken }), null, Cancellation);

        // The writer is held up by another connection, so that all of these wait and go into one transaction.
        var inserts = new List<Task>();
        var conflicts = new List<Task>();
        using (var connection = Connect())
        using (connection.BeginTransaction())
        {
            for (var i = 0; i < 100; i++)
            {
                inserts.Add(storage.InsertAsync(Job(name: $"name-{i}"), null, Cancellation).AsTask());
                conflicts.Add(storage.InsertManyAsync([Job(name: $"lost-{i}"), Job(new JobDetails { Id = taken }, name: "other")], null, Cancellation).AsTask());
            }
        }

        await Task.WhenAll(inserts);
        foreach (var conflict in conflicts)
            await Assert.ThrowsAsync<JobConflictException>(() => conflict);

        Assert.Equal(101, await storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Equal(1, await storage.CountAsync(new JobFilter { Name = "name-99" }, Cancellation));
        Assert.Equal(0, await storage.CountAsync(new JobFilter { Name = "lost-0" }, Cancellation));
        using var reader = Connect();
        Assert.Empty(Invariants.FindViolations(reader));
    }

    [Fact]
    public async Task Readers_do_not_wait_for_a_writer()
    {
        var storage = await OpenAsync(options => options.BusyTimeout = TimeSpan.Zero);
        var id = (await storage.InsertAsync(Job(), null, Cancellation)).Id;
        using var connection = Connect();
        using var transaction = connection.BeginTransaction();

        Assert.NotNull(await storage.GetAsync(id, JobParts.Payload, Cancellation));
        Assert.Single((await storage.ListAsync(new JobFilter(), Cancellation)).Jobs);
    }

    [Fact]
    public async Task What_waits_when_the_storage_is_disposed_is_still_done()
    {
        var storage = await OpenAsync();
        var inserts = Enumerable.Range(0, 500).Select(_ => storage.InsertAsync(Job(), null, Cancellation).AsTask()).ToList();

        await storage.DisposeAsync();

        await Task.WhenAll(inserts);
        Assert.Equal(500, await (await OpenAsync()).CountAsync(new JobFilter(), Cancellation));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await storage.InsertAsync(Job(), null, Cancellation));
    }

    [Fact]
    public async Task Two_processes_share_the_work_and_hear_of_each_other()
    {
        static void Quick(SqliteOptions options) => options.ChangePollInterval = TimeSpan.FromMilliseconds(1);
        var here = await OpenAsync(Quick);
        var there = await OpenAsync(Quick);
        var heard = new SignalRecorder();
        using var subscription = here.Subscribe(heard);
        var mine = (await here.InsertAsync(Job(), null, Cancellation)).Id;
        var claimed = Assert.Single((await ExchangeAsync(here)).Claimed);

        Assert.Equal(CancelOutcome.Requested, await there.CancelAsync(mine, Cancellation));
        await heard.CancelRequested.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(mine, heard.CancelRequests.First());

        var ended = new SignalRecorder();
        using var waiter = there.Subscribe(ended);
        await ExchangeAsync(here, 0, new JobOutcome { Id = mine, Lease = claimed.Lease, Kind = JobOutcomeKind.Completed });
        await ended.JobEnded.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        Assert.Equal(JobStatus.Cancelled, (await there.GetAsync(mine, JobParts.None, Cancellation))?.Status);
    }

    [Fact]
    public async Task A_listener_that_throws_does_not_stop_the_writer()
    {
        var storage = await OpenAsync();
        using var subscription = storage.Subscribe(new ThrowingListener());

        await storage.InsertAsync(Job(), null, Cancellation);
        await storage.InsertAsync(Job(), null, Cancellation);

        Assert.Equal(2, await storage.CountAsync(new JobFilter(), Cancellation));
    }

    private sealed class ThrowingListener : IJobStorageListener
    {
        public void OnJobsReady() => throw new InvalidOperationException();

        public void OnCancelRequested(JobId id) => throw new InvalidOperationException();

        public void OnJobEnded(JobId? id) => throw new InvalidOperationException();
    }
}
