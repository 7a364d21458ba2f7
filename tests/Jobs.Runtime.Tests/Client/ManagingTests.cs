using System.Collections.Concurrent;
using System.Text.Json;
using Jobs.Testing;
using Xunit;

namespace Jobs.Runtime.Tests.Client;

/// <summary>The manager over the in-memory storage; what storages do is in the conformance suite.</summary>
public sealed class ManagingTests
{
    private readonly ConcurrentQueue<string> _ran = [];
    private int _failures;

    private TestAssembly Jobs => new TestAssembly()
        .Add(TestJob.Of<Greeting, string>(
            "greet",
            (input, _, _) =>
            {
                _ran.Enqueue(input.Name);
                return Interlocked.Decrement(ref _failures) >= 0 ? throw new InvalidOperationException("Not yet.") : new($"Hello {input.Name}");
            },
            new() { MaxAttempts = 1 },
            validate: static (input, _) => input?.Name == "bad" ? [new("name", "Not this one.", "Own")] : []))
        .Add("nothing", static (_, _) => Task.CompletedTask, new() { MaxAttempts = 1 });

    [Fact]
    public async Task A_retry_after_all_attempts_were_used_really_runs_the_job_again()
    {
        _failures = 2;
        await using var host = await TestHost.StartAsync(Jobs);
        var handle = await host.Client<Greeting, string>("greet").EnqueueAsync(new("Hi", "Ada"));
        await Assert.ThrowsAsync<JobFailedException>(async () => await handle.WaitForCompletionAsync().SoonAsync());

        Assert.True(await host.Manager.RetryAsync(handle.Id));
        var failed = await Assert.ThrowsAsync<JobFailedException>(async () => await handle.WaitForCompletionAsync().SoonAsync());
        Assert.Equal((2, 2, 2), (failed.Job.Attempt, failed.Job.MaxAttempts, failed.Job.Attempts.Count));

        Assert.True(await host.Manager.RetryAsync(handle.Id));
        Assert.Equal("Hello Ada", await handle.WaitForResultAsync().SoonAsync());
        Assert.False(await host.Manager.RetryAsync(handle.Id));
        Assert.Equal(3, (await handle.GetStatusAsync()).Attempts.Count);
    }

    [Fact]
    public async Task A_resubmitted_job_is_a_new_job_with_the_same_input()
    {
        await using var host = await TestHost.StartAsync(Jobs);
        var options = new EnqueueOptions { IdempotencyKey = "k", Id = JobId.From("x"), Tags = ["a"], Submitter = "me", Priority = 3, MaxAttempts = 9 };
        var original = await host.Client<Greeting, string>("greet").EnqueueAsync(new("Hi", "Ada"), options);
        await original.WaitForResultAsync().SoonAsync();

        var copy = await host.Manager.ResubmitAsync(original.Id);

        Assert.NotNull(copy);
        Assert.False(copy.WasDeduplicated);
        Assert.NotEqual(original.Id, copy.Id);
        await copy.WaitForCompletionAsync().SoonAsync();
        var snapshot = (await host.Manager.GetAsync(copy.Id))!;
        Assert.Equal(("Ada", "me", 3, 9, null), (snapshot.Payload?.GetProperty("name").GetString(), snapshot.Submitter, snapshot.Priority, snapshot.MaxAttempts, snapshot.IdempotencyKey));
        Assert.Equal(["a"], snapshot.Tags);
        Assert.Equal(["Ada", "Ada"], _ran);
        Assert.Null(await host.Manager.ResubmitAsync(JobId.New()));
    }

    [Fact]
    public async Task A_job_without_input_is_resubmitted_too()
    {
        await using var host = await TestHost.StartAsync(Jobs);
        var original = await host.Client("nothing").EnqueueAsync();
        var copy = await host.Manager.ResubmitAsync(original.Id);
        await copy!.WaitForCompletionAsync().SoonAsync();
    }

    [Fact]
    public async Task An_edited_input_is_validated_by_the_jobs_own_rules_and_nothing_is_changed_when_it_breaks_them()
    {
        await using var host = TestHost.Build([Jobs]);
        var handle = await host.Client<Greeting, string>("greet").EnqueueAsync(new("Hi", "Ada"), new() { Delay = "1h", Tags = ["a"] });
        var before = await handle.GetStatusAsync();

        foreach (var wrong in (string[])["""{"text":"Hi","name":"bad"}""", """{"text":"Hi"}""", "[]"])
            await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.EditAsync(handle.Id, new JobEdit { Input = Json(wrong), Priority = 9, Tags = ["b"] }));

        Assert.Equivalent(before, await handle.GetStatusAsync());
        Assert.True(await host.Manager.EditAsync(handle.Id, new JobEdit { Input = Json("""{"text":"Hi","name":"Bob"}"""), Priority = 9, Tags = ["b", "b"] }));
        var after = (await host.Manager.GetAsync(handle.Id))!;
        Assert.Equal(("Bob", 9), (after.Payload?.GetProperty("name").GetString(), after.Priority));
        Assert.Equal(["b"], after.Tags);
    }

    [Fact]
    public async Task An_edit_out_of_range_is_refused_with_the_member_that_is_wrong()
    {
        await using var host = TestHost.Build([Jobs]);
        var handle = await host.Client("nothing").EnqueueAsync(new() { Delay = "1h" });
        await RefusedAsync("RunAt", new JobEdit { RunAt = DateTimeOffset.MaxValue });
        await RefusedAsync("Tags", new JobEdit { Tags = [""] });
        await RefusedAsync("Tags", new JobEdit { Tags = [new string('x', 101)] });
        await RefusedAsync("Tags", new JobEdit { Tags = [.. Enumerable.Range(0, 33).Select(i => $"t{i}")] });
        await RefusedAsync("Tags", new JobEdit { Tags = ["a\0b"] });
        Assert.False(await host.Manager.EditAsync(JobId.New(), new JobEdit { Priority = 1 }));
        Assert.Empty((await handle.GetStatusAsync()).Tags);

        async Task RefusedAsync(string member, JobEdit edit)
        {
            var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Manager.EditAsync(handle.Id, edit));
            Assert.Equal(JobErrorCodes.InvalidOption, refusal.Code);
            Assert.Contains("JobEdit." + member, refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Many_pending_jobs_are_edited_by_filter()
    {
        await using var host = TestHost.Build([Jobs]);
        var client = host.Client<Greeting, string>("greet");
        await client.EnqueueManyAsync(Enumerable.Range(0, 5).Select(i => new Greeting("Hi", $"n{i}")), new() { Tags = ["old"] });
        await host.Client("nothing").EnqueueAsync();
        var edit = new JobEdit { Input = Json("""{"text":"Hi","name":"Bob"}"""), Tags = ["new"] };

        await Assert.ThrowsAsync<JobException>(async () => await host.Manager.EditAsync(new JobFilter(), edit));
        await Assert.ThrowsAsync<JobValidationException>(async () => await host.Manager.EditAsync(new JobFilter { Name = "greet" }, edit with { Input = Json("{}") }));
        Assert.Equal(5, await host.Manager.EditAsync(new JobFilter { Name = "greet", Tags = ["old"] }, edit));

        Assert.Equal(5, await host.Manager.CountAsync(new JobFilter { Tags = ["new"] }));
        Assert.Equal(0, await host.Manager.EditAsync(new JobFilter { Status = JobStatus.Failed }, new JobEdit { Priority = 1 }));
        Assert.Equal(6, await host.Manager.EditAsync(new JobFilter(), new JobEdit { Priority = 1 }));
    }

    [Fact]
    public async Task A_change_by_filter_refuses_paging()
    {
        await using var host = TestHost.Build([Jobs]);
        await host.Client("nothing").EnqueueAsync();
        foreach (var filter in (JobFilter[])[new() { Limit = 10 }, new() { Offset = 1 }, new() { Cursor = "1" }])
        {
            await RefusedAsync(async () => await host.Manager.CancelAsync(filter));
            await RefusedAsync(async () => await host.Manager.RetryAsync(filter));
            await RefusedAsync(async () => await host.Manager.PromoteAsync(filter));
            await RefusedAsync(async () => await host.Manager.DeleteAsync(filter));
            await RefusedAsync(async () => await host.Manager.CleanAsync(filter, "1h"));
            await RefusedAsync(async () => await host.Manager.EditAsync(filter, new JobEdit { Priority = 2 }));
        }

        Assert.Equal(1, await host.Manager.CountAsync(new JobFilter { Status = JobStatus.Pending, Priority = 0 }));

        static async Task RefusedAsync(Func<Task> change) =>
            Assert.Equal(JobErrorCodes.InvalidOption, (await Assert.ThrowsAsync<JobException>(change)).Code);
    }

    [Fact]
    public async Task Thousands_of_jobs_are_changed_in_batches_of_at_most_a_thousand()
    {
        await using var host = TestHost.Build([Jobs]);
        await host.Client<Greeting, string>("greet").EnqueueManyAsync(Enumerable.Range(0, 3500).Select(_ => new Greeting("Hi", "Ada")));

        Assert.Equal(3500, await host.Manager.CancelAsync(new JobFilter { Name = "greet" }));
        Assert.Equal(4, host.Storage.Calls["ChangeManyAsync"]);
        Assert.Equal(3500, await host.Manager.RetryAsync(new JobFilter { Name = "greet" }));
        Assert.Equal(3500, await host.Manager.DrainQueueAsync("default"));
        Assert.Equal(0, await host.Manager.CountAsync(new JobFilter()));
    }

    [Fact]
    public async Task A_change_that_is_cancelled_stops_between_two_batches()
    {
        await using var host = TestHost.Build([Jobs]);
        await host.Client<Greeting, string>("greet").EnqueueManyAsync(Enumerable.Range(0, 2500).Select(_ => new Greeting("Hi", "Ada")));
        using var stop = new CancellationTokenSource();
        host.Storage.After = call =>
        {
            if (call == "ChangeManyAsync")
                stop.Cancel();

            return Task.CompletedTask;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await host.Manager.CancelAsync(new JobFilter(), stop.Token));

        Assert.Equal((1000, 1500), (await host.Manager.CountAsync(new JobFilter { Status = JobStatus.Cancelled }), await host.Manager.CountAsync(new JobFilter { Status = JobStatus.Pending })));
    }

    [Fact]
    public async Task Whoever_waits_for_a_job_that_is_deleted_hears_that_it_is_gone()
    {
        await using var host = TestHost.Build([Jobs]);
        var handle = await host.Client("nothing").EnqueueAsync(new() { Delay = "1h" });
        var waiting = handle.WaitForCompletionAsync();
        Assert.True(await host.Manager.DeleteAsync(handle.Id));
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await waiting.SoonAsync());
        Assert.False(await host.Manager.DeleteAsync(handle.Id));
    }

    [Fact]
    public async Task Old_records_are_cleaned_by_age_and_state()
    {
        var time = new ManualTimeProvider();
        await using var host = await TestHost.StartAsync(Jobs, time: time);
        var handle = await host.Client("nothing").EnqueueAsync();
        await handle.WaitForCompletionAsync().SoonAsync();

        Assert.Equal(0, await host.Manager.CleanAsync(new JobFilter(), "1h"));
        time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(0, await host.Manager.CleanAsync(new JobFilter { Status = JobStatus.Failed }, "1h"));
        Assert.Equal(1, await host.Manager.CleanAsync(new JobFilter(), "1h"));
    }

    [Fact]
    public async Task A_paused_queue_starts_nothing_until_it_is_resumed()
    {
        await using var host = await TestHost.StartAsync(Jobs);
        await host.Manager.PauseQueueAsync("default");
        await host.Manager.PauseQueueAsync("default");
        var paused = await host.Client("nothing").EnqueueAsync();
        var free = await host.Client("nothing").EnqueueAsync(new() { Queue = "other" });
        await free.WaitForCompletionAsync().SoonAsync();
        Assert.Equal(JobStatus.Pending, (await paused.GetStatusAsync()).Status);
        Assert.Equal([("default", true, 1L)], (await host.Manager.ListQueuesAsync()).Select(q => (q.Name, q.IsPaused, q.Pending)));

        await host.Manager.ResumeQueueAsync("default");

        await paused.WaitForCompletionAsync().SoonAsync();
        Assert.Empty(await host.Manager.ListPausesAsync());
    }

    [Fact]
    public async Task Jobs_workers_and_everything_are_paused_and_resumed()
    {
        await using var host = await TestHost.StartAsync(Jobs);
        await TestHost.EventuallyAsync(() => host.Manager.ListWorkersAsync().AsTask().Result.Count == 1, "a worker reports");
        var worker = (await host.Manager.ListWorkersAsync())[0].Id;
        await PausedAsync(host, () => host.Manager.PauseJobAsync("nothing"), () => host.Manager.ResumeJobAsync("nothing"));
        await PausedAsync(host, () => host.Manager.PauseAllAsync(), () => host.Manager.ResumeAllAsync());
        await PausedAsync(
            host,
            async () => Assert.True(await host.Manager.PauseWorkerAsync(worker)),
            async () => Assert.True(await host.Manager.ResumeWorkerAsync(worker)));
        Assert.False(await host.Manager.PauseWorkerAsync("nobody"));
        Assert.False(await host.Manager.ResumeWorkerAsync("nobody"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a queue")]
    public async Task What_cannot_be_a_name_is_not_paused(string name)
    {
        await using var host = TestHost.Build([Jobs]);
        Assert.Equal(JobErrorCodes.InvalidOption, (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.PauseQueueAsync(name))).Code);
        Assert.Equal(JobErrorCodes.InvalidOption, (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.DrainQueueAsync(name))).Code);
        Assert.Equal(JobErrorCodes.InvalidOption, (await Assert.ThrowsAsync<JobException>(async () => await host.Manager.PauseJobAsync(name))).Code);
        Assert.Empty(await host.Manager.ListPausesAsync());
    }

    [Fact]
    public async Task A_queue_is_obliterated_unless_jobs_run_and_it_is_not_forced()
    {
        var started = new TaskCompletionSource();
        await using var host = await TestHost.StartAsync(Jobs.Add("endless", async (_, token) =>
        {
            started.TrySetResult();
            await Task.Delay(Timeout.Infinite, token);
        }));
        await host.Client("nothing").EnqueueAsync(new() { Queue = "q", Delay = "1h" });
        await host.Client("nothing").EnqueueAsync();
        var running = await host.Client("endless").EnqueueAsync(new() { Queue = "q" });
        await started.Task.SoonAsync();

        var refusal = await Assert.ThrowsAsync<JobException>(async () => await host.Manager.ObliterateQueueAsync("q"));
        Assert.Equal(JobErrorCodes.InUse, refusal.Code);
        Assert.Equal(2, await host.Manager.CountAsync(new JobFilter { Queue = "q" }));

        Assert.Equal(2, await host.Manager.ObliterateQueueAsync("q", force: true));
        Assert.Null(await host.Manager.GetAsync(running.Id));
        Assert.Equal(1, await host.Manager.CountAsync(new JobFilter()));
        Assert.Empty(await host.Manager.ListPausesAsync());
    }

    private static async Task PausedAsync(TestHost host, Func<ValueTask> pause, Func<ValueTask> resume)
    {
        await pause();
        var exchanges = host.Storage.Calls.GetValueOrDefault("ExchangeAsync");
        var handle = await host.Client("nothing").EnqueueAsync();
        await TestHost.EventuallyAsync(() => host.Storage.Calls.GetValueOrDefault("ExchangeAsync") > exchanges + 1, "the worker looked for jobs");
        Assert.Equal(JobStatus.Pending, (await handle.GetStatusAsync()).Status);
        await resume();
        await handle.WaitForCompletionAsync().SoonAsync();
    }

    private static JsonElement Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    private sealed record Greeting(string Text, string Name);
}
