namespace Jobs.Hosting.Tests.Events;

/// <summary>Events of a running application, in its process and from others.</summary>
public sealed class JobEventTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_subscriber_sees_a_job_go_through_its_life()
    {
        await using var application = await Application.StartAsync();
        await using var events = application.Get<IJobEvents>().SubscribeAsync(new JobEventFilter { JobName = JobNames.Wobble }, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = events.MoveNextAsync();
        await application.Jobs.Wobble.EnqueueAsync(1, new() { Tags = ["t"] }, Cancellation);

        Assert.Equal(
            ["Waiting 0", "Active 1", "Progress 1 50", "Failed 1 retry HandlerError Wobbled.", "Active 2", "Progress 2 50", "Completed 2"],
            await TakeAsync(events, next, 7));
        Assert.Equal(["t"], events.Current.Tags);
    }

    [Fact]
    public async Task A_failure_for_good_says_so_and_tells_of_its_letter()
    {
        await using var application = await Application.StartAsync();
        await using var events = application.Get<IJobEvents>()
            .SubscribeAsync(new JobEventFilter { JobName = JobNames.Wobble, Kinds = [JobEventKind.Failed, JobEventKind.DeadLettered] }, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = events.MoveNextAsync();
        await application.Jobs.Wobble.EnqueueAsync(2, cancellationToken: Cancellation);

        Assert.Equal(["Failed 1 retry HandlerError Wobbled.", "Failed 2 HandlerError Wobbled.", "DeadLettered 2 HandlerError bury"], await TakeAsync(events, next, 3));
    }

    [Fact]
    public async Task What_is_done_by_hand_is_told_too()
    {
        await using var application = await Application.StartAsync();

        // Paused, so that the worker's own events do not mix with these.
        await application.Manager.PauseQueueAsync("later", Cancellation);
        await using var events = application.Get<IJobEvents>().SubscribeAsync(new JobEventFilter { Queue = "later" }, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = events.MoveNextAsync();
        var job = await application.Jobs.Silent.EnqueueAsync(new() { Delay = "1h", Queue = "later" }, Cancellation);
        Assert.True(await application.Manager.EditAsync(job.Id, new JobEdit { Priority = 5 }, Cancellation));
        Assert.True(await application.Manager.CancelAsync(job.Id, Cancellation));
        Assert.True(await application.Manager.RetryAsync(job.Id, Cancellation));

        Assert.Equal(["Waiting 0", "Edited 0", "Cancelled 0", "Retried 0"], (await TakeAsync(events, next, 4)).Select(told => told[..^1] + "0"));
    }

    [Fact]
    public async Task Pauses_are_told_once()
    {
        await using var application = await Application.StartAsync();
        await using var events = application.Get<IJobEvents>().SubscribeAsync(new JobEventFilter { Kinds = [JobEventKind.Paused, JobEventKind.Resumed] }, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = events.MoveNextAsync();
        await application.Manager.PauseQueueAsync("mail", Cancellation);
        await application.Manager.PauseQueueAsync("mail", Cancellation);
        await application.Manager.ResumeQueueAsync("mail", Cancellation);

        Assert.Equal(["Paused 0", "Resumed 0"], await TakeAsync(events, next, 2));
        Assert.Equal("mail", events.Current.Queue);
    }

    [Fact]
    public async Task A_worker_tells_when_nothing_is_left_to_do()
    {
        await using var application = await Application.StartAsync(jobs => jobs.Worker(w => w.PollInterval = TimeSpan.FromMilliseconds(10)));
        await using var events = application.Get<IJobEvents>().SubscribeAsync(new JobEventFilter { Kinds = [JobEventKind.Drained] }, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = events.MoveNextAsync();
        await application.Jobs.Silent.EnqueueAsync(cancellationToken: Cancellation);

        Assert.Equal(["Drained 0"], await TakeAsync(events, next, 1));
    }

    [Fact]
    public async Task Stored_events_cross_processes_and_can_be_read_afterwards()
    {
        using var file = new TemporaryFile();
        void Configure(JobsBuilder jobs) => jobs.UseSqlite(file.ConnectionString).Events(o => o.IsStored = true).Worker(w => w.PollInterval = TimeSpan.FromMilliseconds(20));
        JobHandle job;
        await using var front = await Application.StartAsync(services => services.AddJobs(jobs =>
        {
            Configure(jobs);
            jobs.ClientOnly();
        }));
        await using (var back = await Application.StartAsync(services => services.AddJobs(Configure)))
        {
            await using var events = front.Get<IJobEvents>()
                .SubscribeAsync(new JobEventFilter { JobName = JobNames.Wobble, Kinds = [JobEventKind.Active, JobEventKind.Completed] }, Cancellation).GetAsyncEnumerator(Cancellation);
            var next = events.MoveNextAsync();
            job = await front.Jobs.Wobble.EnqueueAsync(0, cancellationToken: Cancellation);
            Assert.Equal(["Active 1", "Completed 1"], await TakeAsync(events, next, 2));
        }

        var log = await front.Get<IJobEvents>().ReadAsync(job.Id, cancellationToken: Cancellation).Select(Describe).ToListAsync(Cancellation);
        Assert.Equal(["Active 1", "Completed 1", "Progress 1 50", "Waiting 0"], log.Order());
    }

    [Fact]
    public async Task Without_subscribers_and_storing_there_is_no_log()
    {
        await using var application = await Application.StartAsync();
        var job = await application.Jobs.Wobble.EnqueueAsync(0, cancellationToken: Cancellation);
        await job.WaitForCompletionAsync(Cancellation);

        Assert.Empty(await application.Get<IJobEvents>().ReadAsync(job.Id, cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    private static async Task<List<string>> TakeAsync(IAsyncEnumerator<JobEvent> events, ValueTask<bool> first, int count)
    {
        var told = new List<string>();
        for (var next = first; await next; next = events.MoveNextAsync())
        {
            told.Add(Describe(events.Current));
            if (told.Count == count)
            {
                break;
            }
        }

        return told;
    }

    private static string Describe(JobEvent told) =>
        $"{told.Kind} {told.Attempt}"
        + (told.WillRetry ? " retry" : "")
        + (told.Reason is FailureReason.None ? "" : $" {told.Reason} {told.Message}")
        + (told.Progress is { } progress ? $" {progress}" : "");
}
