using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>The event log: numbered, in order, kept for a while.</summary>
public abstract class EventTests : StorageTests
{
    private static readonly TimeSpan _week = TimeSpan.FromDays(7);
    private static readonly DateTimeOffset _at = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    [Fact]
    public async Task Events_come_back_as_they_were()
    {
        var (job, other) = (JobId.New(), JobId.New());
        JobEvent[] told =
        [
            new() { Kind = JobEventKind.Waiting, At = _at, JobId = job, JobName = "work", Queue = "q", Tags = ["a", "b \"c\""] },
            new() { Kind = JobEventKind.Failed, At = _at.AddSeconds(1), JobId = job, JobName = "work", Queue = "q", Attempt = 2, WillRetry = true, Reason = FailureReason.Timeout, Message = "Too\nlong ü" },
            new() { Kind = JobEventKind.Progress, At = _at.AddSeconds(2), JobId = other, Attempt = 1, Progress = 12.5 },
            new() { Kind = JobEventKind.Paused, At = _at.AddSeconds(3), Queue = "q" },
        ];
        await AppendAsync(told);

        var read = await ReadAsync();
        Assert.Equal([1L, 2, 3, 4], read.Select(e => e.Sequence - read[0].Sequence + 1));
        Assert.Equal(told, read.Select(e => e with { Sequence = 0, Tags = told[read.ToList().IndexOf(e)].Tags }));
        Assert.Equal(["a", "b \"c\""], read[0].Tags);
        Assert.Empty(read[1].Tags);
    }

    [Fact]
    public async Task Reading_goes_on_where_it_ended()
    {
        Assert.Equal(0, await Storage.GetLastEventAsync(Cancellation));
        await AppendAsync([.. Enumerable.Range(0, 10).Select(i => new JobEvent { Kind = JobEventKind.Progress, Progress = i })]);
        var first = await ReadAsync(limit: 4);
        var second = await ReadAsync(after: first[^1].Sequence, limit: 100);

        Assert.Equal([0, 1, 2, 3], first.Select(e => e.Progress!.Value));
        Assert.Equal([4, 5, 6, 7, 8, 9], second.Select(e => e.Progress!.Value));
        Assert.Equal(second[^1].Sequence, await Storage.GetLastEventAsync(Cancellation));
        Assert.Empty(await ReadAsync(after: second[^1].Sequence));
    }

    [Fact]
    public async Task Events_of_one_job_can_be_read_alone()
    {
        var (job, other) = (JobId.New(), JobId.New());
        await AppendAsync(new JobEvent { Kind = JobEventKind.Waiting, JobId = job }, new JobEvent { Kind = JobEventKind.Waiting, JobId = other }, new JobEvent { Kind = JobEventKind.Active, JobId = job });

        var read = await Storage.ReadEventsAsync(new JobEventQuery(0, 10, job), Cancellation);
        Assert.Equal([JobEventKind.Waiting, JobEventKind.Active], read.Select(e => e.Kind));
        Assert.Equal(JobEventKind.Active, Assert.Single(await Storage.ReadEventsAsync(new JobEventQuery(read[0].Sequence, 10, job), Cancellation)).Kind);
    }

    [Fact]
    public async Task Old_events_go_and_numbers_go_on()
    {
        await AppendAsync(new JobEvent { Kind = JobEventKind.Waiting });
        var last = await Storage.GetLastEventAsync(Cancellation);
        await Harness.AdvanceAsync(TimeSpan.FromDays(8));
        await AppendAsync(new JobEvent { Kind = JobEventKind.Active });

        var left = Assert.Single(await ReadAsync());
        Assert.Equal((JobEventKind.Active, last + 1), (left.Kind, left.Sequence));
    }

    [Fact]
    public async Task Who_reads_while_others_append_misses_nothing()
    {
        const int Writers = 4;
        const int Batches = 15;
        var writing = Task.WhenAll(Enumerable.Range(0, Writers).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; i < Batches; i++)
                await AppendAsync(new JobEvent { Kind = JobEventKind.Progress, Attempt = writer, Progress = i }, new JobEvent { Kind = JobEventKind.Active, Attempt = writer });
        }, Cancellation)));
        var seen = new List<JobEvent>();
        while (seen.Count < Writers * Batches * 2)
            seen.AddRange(await ReadAsync(after: seen.Count == 0 ? 0 : seen[^1].Sequence, limit: 7));

        await writing;
        Assert.Equal(seen.Count, seen.Select(e => e.Sequence).Distinct().Count());
        foreach (var writer in Enumerable.Range(0, Writers))
            Assert.Equal(Enumerable.Range(0, Batches).Select(i => (double)i), seen.Where(e => e.Attempt == writer && e.Progress is not null).Select(e => e.Progress!.Value));
    }

    private async Task AppendAsync(params JobEvent[] events) => await Storage.AppendEventsAsync(events, _week, Cancellation);

    private async Task<IReadOnlyList<JobEvent>> ReadAsync(long after = 0, int limit = 100) => await Storage.ReadEventsAsync(new JobEventQuery(after, limit), Cancellation);
}
