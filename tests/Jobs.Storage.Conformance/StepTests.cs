using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Steps and waits: what attempts leave for later ones, and jobs that wait without being held.</summary>
public abstract class StepTests : StorageTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    [Fact]
    public async Task Steps_come_back_in_their_order_as_they_were_stored()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        Assert.Empty((await Storage.ReadStepsAsync(id, Cancellation))!);

        var from = await Harness.GetNowAsync();
        await WriteAsync(job, "second name first", value: "{\"n\":1}");
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        await WriteAsync(job, "first", value: null);
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(1));
        var token = await WriteWaitAsync(job, "approval", _hour);
        var to = await Harness.GetNowAsync();

        var steps = (await Storage.ReadStepsAsync(id, Cancellation))!;
        Assert.Equal(["second name first", "first", "approval"], steps.Select(s => s.Name));
        Assert.Equal([JobStepKind.Step, JobStepKind.Step, JobStepKind.Token], steps.Select(s => s.Kind));
        Assert.Equal([JobStepStatus.Completed, JobStepStatus.Completed, JobStepStatus.Open], steps.Select(s => s.Status));
        Assert.Equal([Json("{\"n\":1}"), null, null], steps.Select(s => s.Value));
        Assert.Equal([null, null, token.Secret], steps.Select(s => s.Secret));
        Assert.All(steps, s => AssertBetween(from, to, s.StoredAt));
        Assert.Equal([null, null, steps[2].StoredAt + _hour], steps.Select(s => s.DueAt));
        Assert.Null(await Storage.ReadStepsAsync(JobId.New(), Cancellation));
    }

    [Fact]
    public async Task A_name_that_is_stored_stays_as_it_is()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        await WriteAsync(job, "charge", "1");
        await WriteAsync(job, "charge", "2");

        Assert.Equal(Json("1"), Assert.Single((await Storage.ReadStepsAsync(id, Cancellation))!).Value);
    }

    [Fact]
    public async Task Steps_are_stored_only_under_the_lease()
    {
        var id = await InsertAsync();
        var other = await InsertAsync();
        var (stale, current) = (await StartWorkerAsync("stale"), await StartWorkerAsync("current"));
        var old = await stale.ClaimOneAsync();
        await stale.EndAsync(old, JobOutcomeKind.Released);
        var held = (await current.ClaimAsync(2)).ToDictionary(j => j.Id);
        var job = held[id];

        Assert.Equal([id], await Storage.WriteStepsAsync([Step(old, "stale", "1")], Cancellation));
        Assert.Equal([id], await Storage.WriteStepsAsync([Step(job, "nonce", "1") with { Lease = job.Lease with { Nonce = job.Lease.Nonce + 1 } }], Cancellation));
        Assert.Equal([id], await Storage.WriteStepsAsync([Step(old, "stale", "1"), Step(held[other], "mine", "1")], Cancellation));
        Assert.Empty((await Storage.ReadStepsAsync(id, Cancellation))!);
        Assert.Single((await Storage.ReadStepsAsync(other, Cancellation))!);

        await current.CompleteAsync(job);
        Assert.Equal([id], await Storage.WriteStepsAsync([Step(job, "late", "1")], Cancellation));
        Assert.Empty((await Storage.ReadStepsAsync(id, Cancellation))!);
    }

    [Fact]
    public async Task Steps_outlive_attempts_takeovers_and_a_retry_by_hand_and_go_with_the_record()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        await WriteAsync(job, "one", "1");
        await worker.EndAsync(job, JobOutcomeKind.Retry);
        job = await worker.ClaimOneAsync();
        await WriteAsync(job, "two", "2");
        await ExpireLeasesAsync();
        await MaintainAsync();
        worker = await StartWorkerAsync("another");
        job = await worker.ClaimOneAsync();
        await worker.EndAsync(job, JobOutcomeKind.Failed);
        Assert.Equal(ChangeOutcome.Done, await Storage.ChangeAsync(id, JobAction.Retry, Cancellation));
        Assert.Equal(["one", "two"], (await Storage.ReadStepsAsync(id, Cancellation))!.Select(s => s.Name));

        Assert.Equal(ChangeOutcome.Done, await Storage.ChangeAsync(id, JobAction.Delete, Cancellation));
        Assert.Null(await Storage.ReadStepsAsync(id, Cancellation));
    }

    [Fact]
    public async Task Records_that_are_not_kept_take_their_steps_with_them()
    {
        var id = await InsertAsync(policy: new JobPolicy { RetainCompleted = TimeSpan.Zero, RetainFailed = TimeSpan.Zero });
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        await WriteAsync(job, "one", "1");
        await worker.CompleteAsync(job);

        Assert.Null(await Storage.ReadStepsAsync(id, Cancellation));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_job_waits_for_a_time_and_is_held_by_nobody_meanwhile(bool hasKeys)
    {
        var id = hasKeys
            ? (await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = "key", OrderingKey = "order", KeyConcurrency = 1 }))).Id
            : await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        await WriteWaitAsync(job, "cool-off", _hour, JobStepKind.Wait);
        Assert.Equal(OutcomeDisposition.Stored, await WaitAsync(worker, job, "cool-off"));

        var waiting = await GetAsync(id);
        Assert.Equal((JobStatus.Waiting, 0, null, 1), (waiting.Status, waiting.Attempt, waiting.LockedBy, waiting.Attempts.Count));
        Assert.Contains("'cool-off'", waiting.PendingReason, StringComparison.Ordinal);
        Assert.Empty(await worker.ClaimAsync());
        Assert.InRange(worker.NextDueIn!.Value, TimeSpan.FromMinutes(50), _hour);

        await Harness.AdvanceAsync(_hour);
        Assert.NotEqual(JobStatus.Waiting, (await GetAsync(id)).Status);
        job = await worker.ClaimOneAsync();
        Assert.Equal(1, job.Attempt);
        Assert.Equal(JobStepStatus.Completed, Assert.Single((await Storage.ReadStepsAsync(id, Cancellation))!).Status);
        await worker.CompleteAsync(job);
        Assert.Equal(JobStatus.Completed, (await GetAsync(id)).Status);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_makes_the_waiting_job_due(bool hasKeys)
    {
        var id = hasKeys
            ? (await InsertAsync(Job(details: new JobDetails { Id = JobId.From("named"), FairnessKey = "tenant", OrderingKey = "order" }))).Id
            : await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");
        Assert.Empty(await worker.ClaimAsync());

        Assert.Equal(JobWaitCompletion.Completed, await Storage.CompleteWaitAsync(token, Json("true"), Cancellation));
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
        var step = Assert.Single((await Storage.ReadStepsAsync(id, Cancellation))!);
        Assert.Equal((JobStepStatus.Completed, "true"), (step.Status, System.Text.Encoding.UTF8.GetString(step.Value!)));
    }

    [Fact]
    public async Task An_answer_that_comes_before_the_job_waits_is_not_missed()
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        Assert.Equal(JobWaitCompletion.Completed, await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));

        await WaitAsync(worker, job, "approval");
        Assert.Equal(job.Id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Only_the_wait_that_the_job_came_to_wakes_it()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var (first, second) = (await WriteWaitAsync(job, "first", _hour), await WriteWaitAsync(job, "second", _hour));
        await WaitAsync(worker, job, "first");

        await Storage.CompleteWaitAsync(second, Json("2"), Cancellation);
        Assert.Equal(JobStatus.Waiting, (await GetAsync(id)).Status);
        Assert.Empty(await worker.ClaimAsync());
        await Storage.CompleteWaitAsync(first, Json("1"), Cancellation);
        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task The_first_answer_counts_and_may_be_repeated()
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var token = await WriteWaitAsync(await worker.ClaimOneAsync(), "approval", _hour);

        Assert.Equal(JobWaitCompletion.Completed, await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));
        Assert.Equal(JobWaitCompletion.Completed, await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));
        Assert.Equal(JobWaitCompletion.AlreadyAnswered, await Storage.CompleteWaitAsync(token, Json("2"), Cancellation));
        Assert.Equal(JobWaitCompletion.NotFound, await Storage.CompleteWaitAsync(JobWaitToken.New(token.JobId), Json("1"), Cancellation));
        Assert.Equal(JobWaitCompletion.NotFound, await Storage.CompleteWaitAsync(JobWaitToken.New(JobId.New()), Json("1"), Cancellation));
    }

    [Fact]
    public async Task A_wait_without_an_answer_times_out_and_takes_none_afterwards()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");
        await Harness.AdvanceAsync(_hour);

        Assert.Equal(JobWaitCompletion.TooLate, await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));
        job = await worker.ClaimOneAsync();
        Assert.Equal(JobStepStatus.TimedOut, Assert.Single((await Storage.ReadStepsAsync(id, Cancellation))!).Status);
        await WaitAsync(worker, job, "approval");
        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
    }

    [Theory]
    [InlineData(JobOutcomeKind.Failed)]
    [InlineData(JobOutcomeKind.Cancelled)]
    [InlineData(JobOutcomeKind.Completed)]
    public async Task A_job_that_has_ended_takes_no_answer(JobOutcomeKind kind)
    {
        await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await worker.EndAsync(job, kind);

        Assert.Equal(JobWaitCompletion.TooLate, await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));
    }

    [Fact]
    public async Task A_waiting_job_is_listed_counted_and_cancelled_as_such()
    {
        var id = await InsertAsync();
        var delayed = await InsertAsync(delay: _hour);
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");

        Assert.Equal(id, Assert.Single((await Storage.ListAsync(new JobFilter { Status = JobStatus.Waiting }, Cancellation)).Jobs).Id);
        Assert.Equal(delayed, Assert.Single((await Storage.ListAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation)).Jobs).Id);
        Assert.Equal((1, 1), (await Storage.CountAsync(new JobFilter { Status = JobStatus.Waiting }, Cancellation), await Storage.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation)));
        var counts = (await Storage.GetStatisticsAsync(Cancellation)).Counts;
        Assert.Equal((1, 1), (counts.Waiting, counts.Pending));
        Assert.Equal(1, Assert.Single(await Storage.ListQueuesAsync(Cancellation)).Pending);

        Assert.Equal(CancelOutcome.Cancelled, await Storage.CancelAsync(id, Cancellation));
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(id)).Status);
        Assert.Equal(0, await Storage.CountAsync(new JobFilter { Status = JobStatus.Waiting }, Cancellation));
    }

    [Theory]
    [InlineData(JobAction.Retry)]
    [InlineData(JobAction.Promote)]
    public async Task A_waiting_job_is_neither_retried_nor_promoted(JobAction action)
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry);
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");

        Assert.Equal(ChangeOutcome.WrongState, await Storage.ChangeAsync(id, action, Cancellation));
        Assert.Equal(0, (await Storage.ChangeManyAsync(new BulkChange(action, new JobFilter()), Cancellation)).Changed);
        Assert.Equal(JobStatus.Waiting, (await GetAsync(id)).Status);

        // What comes after the wait is a delay like any other.
        await Storage.CompleteWaitAsync(token, Json("1"), Cancellation);
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry, _hour);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
        Assert.Equal(ChangeOutcome.Done, await Storage.ChangeAsync(id, action, Cancellation));
        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_waiting_job_is_deleted_and_its_token_means_nothing_any_more()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");

        Assert.Equal(ChangeOutcome.Done, await Storage.ChangeAsync(id, JobAction.Delete, Cancellation));
        Assert.Equal(JobWaitCompletion.NotFound, await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));
    }

    [Fact]
    public async Task An_edit_leaves_a_job_waiting_unless_it_says_when_to_run()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");

        Assert.Equal(ChangeOutcome.Done, await Storage.EditAsync(id, new JobChange { Name = "work", Priority = 5 }, Cancellation));
        Assert.Equal((JobStatus.Waiting, 5), ((await GetAsync(id)).Status, (await GetAsync(id)).Priority));
        Assert.Equal(ChangeOutcome.Done, await Storage.EditAsync(id, new JobChange { Name = "work", RunAt = await Harness.GetNowAsync() }, Cancellation));
        job = await worker.ClaimOneAsync();
        await WaitAsync(worker, job, "approval");
        Assert.Equal(JobStatus.Waiting, (await GetAsync(id)).Status);
        await Storage.CompleteWaitAsync(token, Json("1"), Cancellation);
        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_cancel_that_was_asked_for_beats_the_wait()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        await WriteWaitAsync(job, "approval", _hour);
        await Storage.CancelAsync(id, Cancellation);

        Assert.Equal(OutcomeDisposition.Cancelled, await WaitAsync(worker, job, "approval"));
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task Who_depends_on_a_waiting_job_waits_with_it()
    {
        var id = await InsertAsync();
        var dependant = (await InsertAsync(Job(details: new JobDetails { DependsOn = [id] }))).Id;
        var worker = await StartWorkerAsync();
        var job = await worker.ClaimOneAsync();
        var token = await WriteWaitAsync(job, "approval", _hour);
        await WaitAsync(worker, job, "approval");
        Assert.Equal(2, await Storage.CountAsync(new JobFilter { Status = JobStatus.Waiting }, Cancellation));

        await Storage.CompleteWaitAsync(token, Json("1"), Cancellation);
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        Assert.Equal(dependant, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task However_answer_and_wait_meet_the_job_goes_on()
    {
        var worker = await StartWorkerAsync();
        for (var round = 0; round < 60; round++)
        {
            var id = await InsertAsync();
            var job = await worker.ClaimOneAsync();
            var token = await WriteWaitAsync(job, "approval", TimeSpan.FromDays(300));
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<T> AtOnce<T>(Func<Task<T>> call) => Task.Run(async () => { await start.Task; return await call(); });
            var waits = AtOnce(() => WaitAsync(worker, job, "approval"));
            var answers = AtOnce(async () => await Storage.CompleteWaitAsync(token, Json("1"), Cancellation));
            var edits = AtOnce(async () => await Storage.EditAsync(id, new JobChange { Name = "work", Priority = 1 }, Cancellation));
            start.SetResult();

            Assert.Equal(OutcomeDisposition.Stored, await waits);
            Assert.Equal(JobWaitCompletion.Completed, await answers);
            await edits;
            Assert.Equal(id, (job = await worker.ClaimOneAsync()).Id);
            await worker.CompleteAsync(job);
        }
    }

    [Fact]
    public async Task However_answer_cancel_and_delete_meet_nothing_is_left_half_done()
    {
        var worker = await StartWorkerAsync();
        for (var round = 0; round < 40; round++)
        {
            var id = await InsertAsync();
            var job = await worker.ClaimOneAsync();
            var token = await WriteWaitAsync(job, "approval", TimeSpan.FromDays(300));
            await WaitAsync(worker, job, "approval");
            var answer = Task.Run(async () => await Storage.CompleteWaitAsync(token, Json("1"), Cancellation), Cancellation);
            var removal = round % 2 == 0
                ? Task.Run(async () => (int)await Storage.ChangeAsync(id, JobAction.Delete, Cancellation), Cancellation)
                : Task.Run(async () => (int)await Storage.CancelAsync(id, Cancellation), Cancellation);
            await Task.WhenAll(answer, removal);

            await AssertInvariantsAsync();
            Assert.Empty(await worker.ClaimAsync());
            Assert.Equal(round % 2 != 0, await ExistsAsync(id));
        }
    }

    /// <summary>Ends an attempt with a wait.</summary>
    private static Task<OutcomeDisposition> WaitAsync(TestWorker worker, ClaimedJob job, string name) =>
        worker.EndAsync(TestWorker.Outcome(job, JobOutcomeKind.Waiting) with { Wait = name });

    private static StepWrite Step(ClaimedJob job, string name, string? value) =>
        new() { Id = job.Id, Lease = job.Lease, Name = name, Kind = JobStepKind.Step, Value = value is null ? null : Json(value) };

    private async Task WriteAsync(ClaimedJob job, string name, string? value) =>
        Assert.Empty(await Storage.WriteStepsAsync([Step(job, name, value)], Cancellation));

    private async Task<JobWaitToken> WriteWaitAsync(ClaimedJob job, string name, TimeSpan delay, JobStepKind kind = JobStepKind.Token)
    {
        var token = JobWaitToken.New(job.Id);
        var step = new StepWrite { Id = job.Id, Lease = job.Lease, Name = name, Kind = kind, Delay = delay, Secret = kind == JobStepKind.Token ? token.Secret : null };
        Assert.Empty(await Storage.WriteStepsAsync([step], Cancellation));
        return token;
    }
}
