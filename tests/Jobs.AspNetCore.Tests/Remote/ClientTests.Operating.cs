using System.Text.Json;
using Jobs.Storage;
using Xunit;

namespace Jobs.AspNetCore.Tests;

public abstract partial class ClientTests
{
    [Fact]
    public async Task Jobs_are_listed_by_every_condition_and_counted()
    {
        await using var subject = await StartAsync();
        for (var i = 0; i < 5; i++)
        {
            await subject.Jobs.Greet.EnqueueAsync(new($"n{i}"), new() { Delay = "1h", Tags = [$"even {i % 2}", "all&any"], Priority = i % 2, Queue = $"q/{i % 2}", Submitter = "s+1" }, Cancellation);
        }

        var filter = new JobFilter { Status = JobStatus.Pending, Name = "greet", Queue = "q/0", Priority = 0, Submitter = "s+1", Tags = ["even 0", "all&any"], CreatedFrom = DateTimeOffset.UtcNow.AddHours(-1).ToOffset(TimeSpan.FromHours(5)), CreatedBefore = DateTimeOffset.UtcNow.AddHours(1) };
        Assert.Equal(3, await subject.Manager.CountAsync(filter, Cancellation));
        Assert.Equal(5, await subject.Manager.CountAsync(new() { Tags = ["even 0", "even 1"], TagMatch = TagMatch.Any }, Cancellation));
        Assert.Equal(0, await subject.Manager.CountAsync(filter with { TagMatch = TagMatch.None }, Cancellation));
        Assert.Equal(5, await subject.Manager.CountAsync(new() { IsUnfinished = true }, Cancellation));
        var page = await subject.Manager.ListAsync(filter with { Limit = 2, IncludePayload = true }, Cancellation);
        var next = await subject.Manager.ListAsync(filter with { Limit = 2, Cursor = page.NextCursor }, Cancellation);
        Assert.Equal(["n4", "n2"], page.Jobs.Select(job => job.Payload!.Value.GetProperty("name").GetString()));
        Assert.Null(Assert.Single(next.Jobs).Payload);
        Assert.Null(next.NextCursor);
        Assert.Equal(next.Jobs[0].Id, Assert.Single((await subject.Manager.ListAsync(filter with { Offset = 2 }, Cancellation)).Jobs).Id);
    }

    [Fact]
    public async Task A_job_is_edited_promoted_resubmitted_and_deleted()
    {
        await using var subject = await StartAsync();
        var job = await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h", Tags = ["x"] }, Cancellation);

        Assert.True(await subject.Manager.EditAsync(job.Id, new() { Priority = 9, Input = JsonElement.Parse("""{"name":"Bob"}""") }, Cancellation));
        await Assert.ThrowsAsync<JobValidationException>(async () => await subject.Manager.EditAsync(job.Id, new() { Input = JsonElement.Parse("""{"name":""}""") }, Cancellation));
        Assert.True(await subject.Manager.PromoteAsync(job.Id, Cancellation));
        Assert.Equal("Hello Bob", (await job.WaitForResultAsync(Cancellation)).Text);
        Assert.False(await subject.Manager.PromoteAsync(job.Id, Cancellation));
        Assert.False(await subject.Manager.EditAsync(job.Id, new() { Priority = 1 }, Cancellation));
        var copy = await subject.Manager.ResubmitAsync(job.Id, Cancellation);
        var end = await subject.Manager.WaitAsync(copy!.Id, Cancellation);
        Assert.Equal((JobStatus.Completed, 9, "Hello Bob", "Bob"), (end.Status, end.Priority, end.ResultJson!.Value.GetProperty("text").GetString(), (await subject.Manager.GetAsync(copy.Id, Cancellation))!.Payload!.Value.GetProperty("name").GetString()));
        Assert.True(await subject.Manager.DeleteAsync(copy.Id, Cancellation));
        Assert.Null(await subject.Manager.GetAsync(copy.Id, Cancellation));
    }

    [Fact]
    public async Task Steps_are_listed_and_a_wait_is_answered_once()
    {
        await using var subject = await StartAsync();
        var job = await subject.Jobs.Ask.EnqueueAsync("a trip", cancellationToken: Cancellation);
        while ((await job.GetStatusAsync(Cancellation)).Status != JobStatus.Waiting)
        {
            await Task.Delay(10, Cancellation);
        }

        var steps = (await subject.Manager.ListStepsAsync(job.Id, Cancellation))!;
        Assert.Equal((JobStepKind.Token, JobStepStatus.Open), steps.Where(step => step.Name == "approval").Select(step => (step.Kind, step.Status)).Single());
        var token = steps.Single(step => step.Name == "send").Value!.Value.GetString()!;
        Assert.Equal(JobWaitCompletion.Completed, await subject.Manager.CompleteWaitAsync(token, new Approval(true, "Eve"), Cancellation));
        Assert.Equal(JobWaitCompletion.AlreadyAnswered, await subject.Manager.CompleteWaitAsync(token, JsonElement.Parse("7"), Cancellation));
        Assert.Equal("a trip: granted by Eve", await job.WaitForResultAsync(Cancellation));
        Assert.Equal(JobWaitCompletion.NotFound, await subject.Manager.CompleteWaitAsync(JobWaitToken.New(JobId.New()).ToString(), true, Cancellation));
        Assert.Equal(JobWaitCompletion.NotFound, await subject.Manager.CompleteWaitAsync("nonsense", true, Cancellation));
        Assert.Null(await subject.Manager.ListStepsAsync(JobId.New(), Cancellation));
        Assert.Equal(JobErrorCodes.UnknownType, (await Assert.ThrowsAsync<JobException>(async () => await subject.Manager.CompleteWaitAsync(token, new ClientTestsOfNoJob(1), Cancellation))).Code);
    }

    private sealed record ClientTestsOfNoJob(int Value);

    [Fact]
    public async Task Many_jobs_are_changed_at_once()
    {
        await using var subject = await StartAsync();
        await subject.Jobs.Greet.EnqueueManyAsync([new GreetInput("a"), new GreetInput("b"), new GreetInput("c")], new() { Delay = "1h" }, Cancellation);
        var failed = await subject.Jobs.Break.EnqueueAsync(cancellationToken: Cancellation);
        await Assert.ThrowsAsync<JobFailedException>(() => failed.WaitForCompletionAsync(Cancellation));

        Assert.Equal(3, await subject.Manager.EditAsync(new JobFilter { Name = "greet" }, new JobEdit { Priority = 4 }, Cancellation));
        Assert.Equal(1, await subject.Manager.RetryAsync(new JobFilter { Status = JobStatus.Failed }, Cancellation));
        Assert.Equal(3, await subject.Manager.CancelAsync(new JobFilter { Priority = 4 }, Cancellation));
        Assert.Equal(0, await subject.Manager.PromoteAsync(new JobFilter { Name = "greet" }, Cancellation));
        Assert.Equal(0, await subject.Manager.RedriveAsync(new JobFilter { Name = "greet" }, Cancellation));
        await Assert.ThrowsAsync<JobFailedException>(() => failed.WaitForCompletionAsync(Cancellation));
        Assert.Equal(0, await subject.Manager.CleanAsync(new JobFilter(), "1d", Cancellation));
        Assert.Equal(3, await subject.Manager.CleanAsync(new JobFilter { Status = JobStatus.Cancelled }, "0s", Cancellation));
        Assert.Equal(1, await subject.Manager.DeleteAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Everything_that_can_be_paused_is_paused_and_resumed()
    {
        await using var subject = await StartAsync();
        var worker = Assert.Single(await subject.Manager.ListWorkersAsync(Cancellation));

        await subject.Manager.PauseQueueAsync("a/b", Cancellation);
        await subject.Manager.PauseJobAsync("greet", Cancellation);
        await subject.Manager.PauseKeyAsync("key 1", Cancellation);
        Assert.True(await subject.Manager.PauseWorkerAsync(worker.Id, Cancellation));
        Assert.False(await subject.Manager.PauseWorkerAsync(worker.Id, Cancellation));
        await subject.Manager.PauseAllAsync(Cancellation);
        (PauseScope, string)[] expected = [(PauseScope.Queue, "a/b"), (PauseScope.Job, "greet"), (PauseScope.ConcurrencyKey, "key 1"), (PauseScope.Worker, worker.Id), (PauseScope.Everything, "")];
        Assert.Equal(expected, (await subject.Manager.ListPausesAsync(Cancellation)).Select(pause => (pause.Scope, pause.Key)));

        Assert.True((await subject.Manager.ListQueuesAsync(Cancellation)).Single(queue => queue.Name == "a/b").IsPaused);
        await subject.Manager.ResumeQueueAsync("a/b", Cancellation);
        await subject.Manager.ResumeJobAsync("greet", Cancellation);
        await subject.Manager.ResumeKeyAsync("key 1", Cancellation);
        Assert.True(await subject.Manager.ResumeWorkerAsync(worker.Id, Cancellation));
        await subject.Manager.ResumeAllAsync(Cancellation);
        Assert.Empty(await subject.Manager.ListPausesAsync(Cancellation));
        Assert.Equal(JobErrorCodes.InvalidOption, await CodeAsync(async () => await subject.Manager.PauseQueueAsync("no spaces", Cancellation)));
    }

    [Fact]
    public async Task Queues_are_drained_and_obliterated()
    {
        await using var subject = await StartAsync();
        var running = await subject.Jobs.Hold.EnqueueAsync("x", new() { Queue = "q" }, Cancellation);
        await subject.Service.Gate.Entered.Task.WaitAsync(Cancellation);
        await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Queue = "q", Delay = "1h" }, Cancellation);

        Assert.Equal(1, await subject.Manager.DrainQueueAsync("q", Cancellation));
        Assert.Equal(JobErrorCodes.InUse, await CodeAsync(async () => await subject.Manager.ObliterateQueueAsync("q", cancellationToken: Cancellation)));
        Assert.Equal(1, await subject.Manager.ObliterateQueueAsync("q", force: true, Cancellation));
        Assert.Null(await subject.Manager.GetAsync(running.Id, Cancellation));
        Assert.Equal(0, (await subject.Manager.MaintainAsync(Cancellation)).TakenOver);
    }

    [Fact]
    public async Task A_rate_limit_is_reset()
    {
        await using var subject = await StartAsync(jobs => jobs.UseInMemory().Queue("mail", queue => queue.RateLimit = RateLimit.Parse("1/1h")));
        var handles = await subject.Jobs.Greet.EnqueueManyAsync([new GreetInput("a"), new GreetInput("b")], cancellationToken: Cancellation);
        await handles[0].WaitForResultAsync(Cancellation);

        Assert.Equal(1, await subject.Manager.ResetQueueRateLimitAsync("mail", cancellationToken: Cancellation));
        await handles[1].WaitForResultAsync(Cancellation);
        Assert.Equal(0, await subject.Manager.ResetJobRateLimitAsync("greet", "k/1", Cancellation));
    }

    [Fact]
    public async Task Statistics_and_health_tell_how_jobs_fare()
    {
        await using var subject = await StartAsync();
        await (await subject.Jobs.Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation)).WaitForResultAsync(Cancellation);

        Assert.Equal(1, (await subject.Manager.GetStatisticsAsync(Cancellation)).Counts.Completed);
        var health = await subject.Services.GetRequiredService<IJobHealth>().CheckAsync(Cancellation);
        Assert.Equal((null, 1), (health.StorageError, health.LiveWorkers));
    }

    [Fact]
    public async Task A_log_is_read_and_followed_to_its_end()
    {
        await using var subject = await StartAsync();
        await subject.Manager.PauseAllAsync(Cancellation);
        var job = await subject.Jobs.Greet.EnqueueAsync(new("Ada", 5), cancellationToken: Cancellation);
        var followed = subject.Manager.ReadLogsAsync(job.Id, 1, follow: true, Cancellation).ToListAsync(Cancellation);
        await subject.Manager.ResumeAllAsync(Cancellation);

        Assert.Equal([2, 3, 4, 5], (await followed).Select(entry => entry.Line));
        var read = await subject.Manager.ReadLogsAsync(job.Id, 3, cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal([(4, "Hello Ada", LogLevel.Information, 1), (5, "Hello Ada", LogLevel.Information, 1)], read.Select(entry => (entry.Line, entry.Message, entry.Level, entry.Attempt)));
    }

    [Fact]
    public async Task Events_are_told_to_subscribers()
    {
        await using var subject = await StartAsync();
        var job = await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h", Tags = ["x y"] }, Cancellation);
        var filter = new JobEventFilter { JobId = job.Id, JobName = "greet", Queue = "mail", Tag = "x y", Kinds = [JobEventKind.Active, JobEventKind.Completed] };
        await using var events = subject.Events.SubscribeAsync(filter, Cancellation).GetAsyncEnumerator(Cancellation);
        var next = events.MoveNextAsync().AsTask();
        await subject.Service.UntilAsync(service => service.HasSubscribers);

        await subject.Manager.PromoteAsync(job.Id, Cancellation);

        Assert.True(await next);
        Assert.Equal((JobEventKind.Active, job.Id, "mail"), (events.Current.Kind, events.Current.JobId, events.Current.Queue));
        Assert.True(await events.MoveNextAsync());
        Assert.Equal(JobEventKind.Completed, events.Current.Kind);
    }

    [Fact]
    public async Task Stored_events_of_a_job_are_read_from_any_of_them_on()
    {
        await using var subject = await StartAsync(jobs => jobs.UseInMemory().Events(events => events.IsStored = true));
        await subject.Manager.PauseAllAsync(Cancellation);
        var job = await subject.Jobs.Greet.EnqueueAsync(new("Ada"), cancellationToken: Cancellation);
        await subject.Manager.ResumeAllAsync(Cancellation);
        List<JobEvent> history = [];
        while (history is not [.., { Kind: JobEventKind.Completed }])
        {
            history = await subject.Events.ReadAsync(job.Id, cancellationToken: Cancellation).ToListAsync(Cancellation);
        }

        Assert.Equal(JobEventKind.Waiting, history[0].Kind);
        Assert.Equal(history.Skip(1).Select(past => past.Sequence), (await subject.Events.ReadAsync(job.Id, history[0].Sequence, Cancellation).ToListAsync(Cancellation)).Select(past => past.Sequence));
    }

    [Fact]
    public async Task Schedules_are_looked_after()
    {
        await using var subject = await StartAsync();

        var schedule = await subject.Jobs.Greet.ScheduleAsync("daily/1", "0 2 * * *", new("Ada"), new() { TimeZone = "Europe/Berlin", MaxRuns = 9, Job = new() { Priority = 3 } }, Cancellation);
        Assert.Equal(("daily/1", "greet", "Europe/Berlin", 9), (schedule.Id, schedule.JobName, schedule.TimeZone, schedule.MaxRuns));
        await Assert.ThrowsAsync<JobValidationException>(async () => await subject.Jobs.Greet.ScheduleAsync("x", "0 2 * * *", _unnamed, cancellationToken: Cancellation));
        Assert.Equal(JobErrorCodes.InvalidSchedule, await CodeAsync(async () => await subject.Jobs.Break.ScheduleAsync("x", _noCron, cancellationToken: Cancellation)));
        Assert.Equal("daily/1", Assert.Single(await subject.Schedules.ListAsync(cancellationToken: Cancellation)).Id);
        Assert.True(await subject.Schedules.PauseAsync("daily/1", "a & b", Cancellation));
        Assert.Equal("a & b", (await subject.Schedules.GetAsync("daily/1", Cancellation))!.PausedReason);
        Assert.True(await subject.Schedules.ResumeAsync("daily/1", Cancellation));
        Assert.True(await subject.Schedules.EditAsync("daily/1", new() { Cron = "0 3 * * *" }, Cancellation));
        Assert.Equal(2, (await subject.Schedules.PreviewAsync("daily/1", 2, Cancellation))!.Count);
        var triggered = await subject.Schedules.TriggerAsync("daily/1", Cancellation);
        Assert.Equal(("daily/1", 3), (await subject.Manager.WaitAsync(triggered!.Id, Cancellation) is var end ? (end.ScheduleId, end.Priority) : default));
        Assert.True(await subject.Schedules.RemoveAsync("daily/1", Cancellation));
        Assert.False(await subject.Schedules.RemoveAsync("daily/1", Cancellation));
        Assert.Null(await subject.Schedules.TriggerAsync("daily/1", Cancellation));
        Assert.Null(await subject.Schedules.PreviewAsync("daily/1", 2, Cancellation));
        var after = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
        Assert.Equal([after.AddHours(1)], subject.Schedules.Preview("0 2 * * *", "Europe/Berlin", 1, after));
        Assert.Equal(JobErrorCodes.InvalidSchedule, (await Assert.ThrowsAsync<JobException>(async () => await Task.FromResult(subject.Schedules.Preview("x")))).Code);
        Assert.Equal(JobErrorCodes.UnknownTimeZone, (await Assert.ThrowsAsync<JobException>(async () => await Task.FromResult(subject.Schedules.Preview("@daily", "Nowhere/At all")))).Code);
    }
}
