using Jobs.Storage;
using Jobs.Storage.Conformance;

namespace Jobs.PostgreSql.Tests;

/// <summary>Concurrent single inserts share statements, and each caller still gets its own answer.</summary>
public sealed class CoalescingTests(ServerFixture server) : StorageTests
{
    [Fact]
    public async Task Concurrent_inserts_share_packs_and_all_are_stored()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(async () => (await InsertAsync(Job())).Id)));

        Assert.Equal(500, ids.Distinct().Count());
        Assert.Equal(500, await Storage.CountAsync(new JobFilter(), Cancellation));
        await using var command = ((PostgreSqlHarness)Harness).Admin.CreateCommand($"SELECT count(DISTINCT pack) FROM {((PostgreSqlHarness)Harness).Schema}.job");
        Assert.InRange((long)(await command.ExecuteScalarAsync(Cancellation))!, 1, 400);
    }

    [Fact]
    public async Task A_conflict_or_a_text_that_cannot_be_stored_fails_only_its_own_caller()
    {
        var taken = JobId.From("taken");
        await InsertAsync(Job("first", details: new JobDetails { Id = taken }));
        var inserts = Enumerable.Range(0, 60).Select(i => Task.Run(async () => await InsertAsync(i switch
        {
            10 => Job("second", details: new JobDetails { Id = taken }),
            20 => Job(details: new JobDetails { Submitter = "with \0 in it" }),
            _ => Job(),
        }))).ToList();
        await Task.WhenAll(inserts).ContinueWith(static _ => { }, TaskScheduler.Default);

        await Assert.ThrowsAsync<JobConflictException>(() => inserts[10]);
        Assert.Contains("NUL", (await Assert.ThrowsAsync<JobException>(() => inserts[20])).Message, StringComparison.Ordinal);
        Assert.Equal(58, inserts.Count(i => i.IsCompletedSuccessfully));
        Assert.Equal(59, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    /// <summary>The second job comes within the pause after the first one's notification, in which nothing is told.</summary>
    [Fact]
    public async Task What_is_enqueued_last_is_told_to_others_before_a_process_ends()
    {
        var ending = await ((PostgreSqlHarness)Harness).OpenAsync(Cancellation);
        await using var other = await ((PostgreSqlHarness)Harness).OpenAsync(Cancellation);
        var (first, second) = (new SignalRecorder(), new SignalRecorder());
        using var listening = other.Subscribe(new SignalRecorder());
        await other.Listener.FirstOutcome.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);

        using (other.Subscribe(first))
        {
            await ending.InsertAsync(Job(), null, Cancellation);
            await first.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
        }

        using var subscription = other.Subscribe(second);
        await ending.InsertAsync(Job(), null, Cancellation);
        await ending.DisposeAsync();
        await second.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    protected override StorageHarness CreateHarness() => new PostgreSqlHarness(server.ConnectionString);
}
