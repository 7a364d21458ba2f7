using System.Text.Json;
using Xunit;

namespace Jobs.AspNetCore.Tests;

/// <summary>What a client does, wherever its jobs are: what holds in the application that has them holds in one that reaches them over HTTP.</summary>
public abstract partial class ClientTests
{
    // What the compiler would refuse if it were constant.
    private static readonly int _none = int.Parse("0", System.Globalization.CultureInfo.InvariantCulture);
    private static readonly string _nobody = new(' ', _none);
    private static readonly GreetInput _unnamed = new(_nobody), _bad = new(_nobody, _none + 9), _never = new("b", _none);
    private static readonly EnqueueOptions _noAttempts = new() { MaxAttempts = _none };
    private static readonly string _noCron = $"0 {_none + 25} * * *";

    private static CancellationToken Cancellation => TestService.Cancellation;

    internal abstract Task<Subject> StartAsync(Action<JobsBuilder>? jobs = null);

    [Fact]
    public async Task A_job_is_enqueued_and_its_result_awaited()
    {
        await using var subject = await StartAsync();

        var job = await subject.Jobs.Greet.EnqueueAsync(new("Ada", 2), cancellationToken: Cancellation);
        var result = await job.WaitForResultAsync(Cancellation);

        Assert.Equal("Hello Ada", result.Text);
        Assert.False(job.WasDeduplicated);
        var status = await job.GetStatusAsync(Cancellation);
        Assert.Equal(("greet", "mail", JobStatus.Completed, 1, "Hello Ada"), (status.Name, status.Queue, status.Status, status.Attempt, status.Result?.Text));
        Assert.Null(status.Payload);
        Assert.Equal(FailureReason.None, Assert.Single(status.Attempts).Reason);
    }

    [Fact]
    public async Task Every_option_that_can_travel_reaches_the_job()
    {
        await using var subject = await StartAsync();
        var first = await subject.Jobs.Greet.EnqueueAsync(new("first"), new() { Delay = "1h" }, Cancellation);
        var tagged = await subject.Jobs.Greet.EnqueueAsync(new("tagged"), new() { Delay = "1h", Tags = ["before"] }, Cancellation);
        var runAt = DateTimeOffset.UtcNow.AddDays(1);

        var job = await subject.Jobs.Greet.EnqueueAsync(
            new("Ada"),
            new()
            {
                RunAt = runAt,
                Queue = "other",
                Priority = -4,
                MaxAttempts = 7,
                Backoff = BackoffKind.Linear,
                BackoffDelay = "3s",
                MaxBackoffDelay = "1m",
                Jitter = 0.5,
                Timeout = "30s",
                Id = JobId.From("travels"),
                IdempotencyKey = "key",
                IdempotencyWindow = "1d",
                OnDuplicate = OnDuplicate.Replace,
                ConcurrencyKey = "concurrency",
                OrderingKey = "ordering",
                FairnessKey = "fairness",
                Lifo = true,
                DependsOn = [first.Id],
                DependsOnTags = ["before"],
                Submitter = "somebody",
                Tags = ["a", "b"],
                Metadata = new Dictionary<string, string> { ["tenant"] = "t/1" },
                RetainCompleted = "3d",
                RetainFailed = "4d",
            },
            Cancellation);

        var status = await job.GetStatusAsync(Cancellation);
        Assert.Equal(JobId.From("travels"), job.Id);
        await tagged.CancelAsync(Cancellation);
        Assert.Equal(FailureReason.DependencyFailed, (await job.GetStatusAsync(Cancellation)).FailureReason);
        Assert.Equal((JobStatus.Waiting, "other", -4, 7), (status.Status, status.Queue, status.Priority, status.MaxAttempts));
        Assert.Equal((TimeSpan.FromSeconds(30), "key", "concurrency", "ordering", "somebody"), (status.Timeout, status.IdempotencyKey, status.ConcurrencyKey, status.OrderingKey, status.Submitter));
        Assert.Equal(["a", "b"], status.Tags);
        Assert.Equal("t/1", status.Metadata["tenant"]);
        Assert.InRange(status.RunAt - runAt, TimeSpan.FromMilliseconds(-1), TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task An_invalid_input_is_refused_by_member_and_nothing_is_stored()
    {
        await using var subject = await StartAsync();

        var one = await Assert.ThrowsAsync<JobValidationException>(async () => await subject.Jobs.Greet.EnqueueAsync(_bad, cancellationToken: Cancellation));
        var many = await Assert.ThrowsAsync<JobValidationException>(async () => await subject.Jobs.Greet.EnqueueManyAsync([new GreetInput("a"), _never], cancellationToken: Cancellation));
        var tried = await subject.Jobs.Greet.TryEnqueueAsync(_unnamed, cancellationToken: Cancellation);
        var untyped = await Assert.ThrowsAsync<JobValidationException>(async () => await subject.Manager.SubmitAsync("greet", JsonElement.Parse("""{"name":"Ada","times":9}"""), cancellationToken: Cancellation));

        Assert.Equal(["Name", "Times"], one.Errors.Select(error => error.Member));
        Assert.Equal("[1].Times", Assert.Single(many.Errors).Member);
        Assert.Equal(("Name", "Required"), (Assert.Single(tried.Errors).Member, tried.Errors[0].Rule));
        Assert.Equal(("Times", "Range", JobErrorCodes.Validation), (Assert.Single(untyped.Errors).Member, untyped.Errors[0].Rule, untyped.Code));
        Assert.StartsWith("The input of job 'greet' is invalid:", untyped.Message, StringComparison.Ordinal);
        Assert.Equal(0, await subject.Manager.CountAsync(new(), Cancellation));
    }

    [Fact]
    public async Task What_a_call_must_not_say_is_refused_with_a_code()
    {
        await using var subject = await StartAsync();
        var id = JobId.From("taken");
        await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Id = id, Delay = "1h" }, Cancellation);

        Assert.Equal(JobErrorCodes.InvalidOption, await CodeAsync(async () => await subject.Jobs.Greet.EnqueueAsync(new("Ada"), _noAttempts, Cancellation)));
        Assert.Equal(JobErrorCodes.InvalidOption, await CodeAsync(async () => await subject.Jobs.Greet.EnqueueManyAsync([new GreetInput("a"), new GreetInput("b")], new() { IdempotencyKey = "k" }, Cancellation)));
        Assert.Equal(JobErrorCodes.InvalidOption, await CodeAsync(async () => await subject.Manager.ListAsync(new() { Limit = _none }, Cancellation)));
        Assert.Equal(JobErrorCodes.InvalidOption, await CodeAsync(async () => await subject.Manager.CancelAsync(new JobFilter { Limit = 3 }, Cancellation)));
        Assert.Equal(JobErrorCodes.Disabled, await CodeAsync(async () => await subject.Jobs.Off.EnqueueAsync(cancellationToken: Cancellation)));
        Assert.Equal(JobErrorCodes.NotSupported, await CodeAsync(async () => await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Transaction = new ForeignTransaction() }, Cancellation)));
        var conflict = await Assert.ThrowsAsync<JobConflictException>(async () => await subject.Jobs.Break.EnqueueAsync(new() { Id = id }, Cancellation));
        Assert.Equal((JobErrorCodes.Conflict, id), (conflict.Code, conflict.JobId));
        Assert.Contains("already belongs to a job 'greet'", conflict.Message, StringComparison.Ordinal);
        var unknown = await Assert.ThrowsAsync<JobNotFoundException>(async () => await subject.Manager.SubmitAsync("nobody", default, cancellationToken: Cancellation));
        Assert.Equal(JobErrorCodes.UnknownName, unknown.Code);
        Assert.Equal(1, await subject.Manager.CountAsync(new(), Cancellation));
    }

    [Fact]
    public async Task What_is_not_there_is_null_or_not_found()
    {
        await using var subject = await StartAsync();
        var gone = await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation);
        Assert.True(await subject.Manager.DeleteAsync(gone.Id, Cancellation));

        Assert.Null(await subject.Jobs.Greet.GetAsync(gone.Id, Cancellation));
        Assert.Null(await subject.Manager.GetAsync(gone.Id, Cancellation));
        Assert.Null(await subject.Manager.ResubmitAsync(gone.Id, Cancellation));
        Assert.Null(await subject.Manager.RedriveAsync(gone.Id, Cancellation));
        Assert.False(await subject.Manager.CancelAsync(gone.Id, Cancellation));
        Assert.False(await subject.Manager.RetryAsync(gone.Id, Cancellation));
        Assert.False(await subject.Manager.PauseWorkerAsync("nobody", Cancellation));
        Assert.Equal(gone.Id, (await Assert.ThrowsAsync<JobNotFoundException>(async () => await gone.GetStatusAsync(Cancellation))).JobId);
        await Assert.ThrowsAsync<JobNotFoundException>(async () => await gone.CancelAsync(Cancellation));
        await Assert.ThrowsAsync<JobNotFoundException>(() => gone.WaitForResultAsync(Cancellation));
        Assert.Empty(await subject.Manager.ReadLogsAsync(gone.Id, cancellationToken: Cancellation).ToListAsync(Cancellation));
        Assert.Empty(await subject.Manager.ReadLogsAsync(gone.Id, follow: true, cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task A_job_of_another_name_is_not_this_clients()
    {
        await using var subject = await StartAsync();
        var job = await subject.Jobs.Greet.EnqueueAsync(new("Ada"), new() { Delay = "1h" }, Cancellation);

        Assert.Null(await subject.Jobs.Break.GetAsync(job.Id, Cancellation));
        Assert.Equal(job.Id, (await subject.Jobs.Greet.GetAsync(job.Id, Cancellation))?.Id);
    }

    [Fact]
    public async Task A_failed_job_throws_what_it_failed_of()
    {
        await using var subject = await StartAsync();

        var job = await subject.Jobs.Break.EnqueueAsync(cancellationToken: Cancellation);
        var failed = await Assert.ThrowsAsync<JobFailedException>(() => job.WaitForCompletionAsync(Cancellation));

        Assert.Equal((FailureReason.NonRetryable, job.Id, "It is broken."), (failed.Reason, failed.Job.Id, failed.Job.Error));
        Assert.Equal(JobErrorCodes.Failed, failed.Code);
    }

    [Fact]
    public async Task A_running_job_is_cancelled_and_its_waiter_told()
    {
        await using var subject = await StartAsync();
        var job = await subject.Jobs.Hold.EnqueueAsync("x", cancellationToken: Cancellation);
        await subject.Service.Gate.Entered.Task.WaitAsync(Cancellation);

        Assert.True(await job.CancelAsync(Cancellation));

        await Assert.ThrowsAsync<JobCancelledException>(() => job.WaitForResultAsync(Cancellation));
        Assert.False(await job.CancelAsync(Cancellation));
    }

    [Fact]
    public async Task A_second_call_with_the_same_key_or_id_meets_the_first()
    {
        await using var subject = await StartAsync();
        EnqueueOptions keyed = new() { IdempotencyKey = "k", Delay = "1h" }, named = new() { Id = JobId.From("n"), Delay = "1h" }, equal = new() { IdempotentByInput = true, Delay = "1h" };

        var jobs = new[] { keyed, keyed, named, named, equal, equal };
        var handles = new List<JobHandle<GreetResult>>();
        foreach (var options in jobs)
        {
            handles.Add(await subject.Jobs.Greet.EnqueueAsync(new("Ada"), options, Cancellation));
        }

        Assert.Equal([false, true, false, true, false, true], handles.Select(handle => handle.WasDeduplicated));
        Assert.Equal((handles[0].Id, handles[2].Id, handles[4].Id), (handles[1].Id, handles[3].Id, handles[5].Id));
    }

    [Fact]
    public async Task Many_jobs_are_enqueued_in_their_order()
    {
        await using var subject = await StartAsync();

        var handles = await subject.Jobs.Hold.EnqueueManyAsync([("a", new EnqueueOptions { Delay = "1h", IdempotencyKey = "k" }), ("b", new() { Delay = "1h" }), ("c", new() { Delay = "1h", IdempotencyKey = "k" })], Cancellation);

        Assert.Equal([false, false, true], handles.Select(handle => handle.WasDeduplicated));
        Assert.Equal(handles[0].Id, handles[2].Id);
        Assert.Equal("b", (await subject.Manager.GetAsync(handles[1].Id, Cancellation))!.Payload!.Value.GetString());
        Assert.Empty(await subject.Jobs.Hold.EnqueueManyAsync(Array.Empty<string>(), cancellationToken: Cancellation));
    }

    private static async Task<string> CodeAsync(Func<Task> call) => (await Assert.ThrowsAsync<JobException>(call)).Code;
}
