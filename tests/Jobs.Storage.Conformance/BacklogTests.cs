using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>What waits, per queue.</summary>
public abstract class BacklogTests : StorageTests
{
    [Fact]
    public async Task An_empty_storage_has_no_backlog() => Assert.Empty(await Storage.GetBacklogAsync(Cancellation));

    [Fact]
    public async Task Due_jobs_are_counted_by_queue_with_the_age_of_the_oldest()
    {
        await InsertManyAsync(Job(queue: "b"), Job("other", queue: "b"), Job(queue: "a"));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        await InsertManyAsync(Job(queue: "b", priority: 5));

        var backlog = await Storage.GetBacklogAsync(Cancellation);
        Assert.Equal([("a", 1L), ("b", 3L)], backlog.Select(q => (q.Queue, q.Ready)));
        Assert.All(backlog, q => Assert.InRange(q.OldestDueAge, TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(11)));
    }

    [Fact]
    public async Task Delayed_jobs_count_from_when_they_are_due()
    {
        await InsertAsync(delay: TimeSpan.FromMinutes(5));
        Assert.Empty(await Storage.GetBacklogAsync(Cancellation));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(7));

        var queue = Assert.Single(await Storage.GetBacklogAsync(Cancellation));
        Assert.Equal(1, queue.Ready);
        Assert.InRange(queue.OldestDueAge, TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Running_and_ended_jobs_do_not_count()
    {
        await InsertManyAsync(Job(), Job(), Job());
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(2);
        await worker.CompleteAsync(claimed[0]);

        Assert.Equal(1, Assert.Single(await Storage.GetBacklogAsync(Cancellation)).Ready);
    }
}
