using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>What people do to single jobs: each call does all of it or nothing, and says which.</summary>
public abstract class ManagingTests : StorageTests
{
    /// <summary>All actions.</summary>
    public static TheoryData<JobAction> Actions => [.. Enum.GetValues<JobAction>()];

    [Theory]
    [MemberData(nameof(Actions))]
    public async Task An_unknown_job_is_not_found(JobAction action)
    {
        Assert.Equal(ChangeOutcome.NotFound, await ChangeAsync(JobId.New(), action));
        Assert.Equal(ChangeOutcome.NotFound, await Storage.EditAsync(JobId.New(), new JobChange { Name = "work", Priority = 1 }, Cancellation));
    }

    [Fact]
    public async Task A_job_that_used_up_its_attempts_really_runs_again()
    {
        var id = await InsertAsync(policy: new JobPolicy { MaxAttempts = 1 });
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed, error: "First.");

        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(id, JobAction.Retry));

        var pending = await GetAsync(id);
        Assert.Equal((JobStatus.Pending, false, 1, 2, "First.", FailureReason.HandlerError), (pending.Status, pending.IsDelayed, pending.Attempt, pending.MaxAttempts, pending.Error, pending.FailureReason));
        var again = await worker.ClaimOneAsync();
        Assert.Equal((id, 2), (again.Id, again.Attempt));
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(again, Json("1")));

        var completed = await GetAsync(id);
        Assert.Equal((JobStatus.Completed, 2, 2, null), (completed.Status, completed.Attempt, completed.MaxAttempts, completed.Error));
        Assert.Equal([(1, "First."), (2, null)], completed.Attempts.Select(a => (a.Number, a.ErrorMessage)));
        Assert.Null(pending.CompletedAt);
        Assert.NotNull(completed.LastRetriedAt);
        Assert.NotNull(completed.LastFailedAt);
    }

    [Fact]
    public async Task A_retried_job_that_fails_again_has_failed_again()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed, error: "First.");
        await ChangeAsync(id, JobAction.Retry);
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry, error: "Second.");
        Assert.Equal((JobStatus.Pending, "Second."), await StateOfAsync(id));
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed, error: "Third.");
        Assert.Equal((JobStatus.Failed, "Third."), await StateOfAsync(id));
        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(id, JobAction.Retry));
        Assert.Equal((JobStatus.Pending, "Third."), await StateOfAsync(id));
        Assert.Equal(4, (await worker.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task A_cancelled_job_runs_again_and_is_not_cancelled_by_the_old_request()
    {
        var waiting = await InsertAsync(priority: 1);
        await Storage.CancelAsync(waiting, Cancellation);
        var running = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await Storage.CancelAsync(running, Cancellation);
        await worker.EndAsync(claimed, JobOutcomeKind.Cancelled);

        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(waiting, JobAction.Retry));
        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(running, JobAction.Retry));

        Assert.Equal((JobStatus.Pending, null), await StateOfAsync(running));
        Assert.NotNull((await GetAsync(running)).LastCancelledAt);
        var again = await worker.ClaimAsync(2);
        Assert.Equal([waiting, running], again.Select(c => c.Id));
        Assert.Empty(await Storage.GetCancelRequestsAsync(worker.Id, Cancellation));
        Assert.All((await worker.ExchangeAsync(0, again.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)))).Dispositions, d => Assert.Equal(OutcomeDisposition.Stored, d));
    }

    [Fact]
    public async Task A_stalled_job_that_is_retried_may_be_taken_over_again()
    {
        var id = await InsertAsync();
        await (await StartWorkerAsync("w1")).ClaimOneAsync();
        await ExpireLeasesAsync();
        Assert.Equal(1, (await MaintainAsync(maxTakeovers: 0)).Stalled);

        await ChangeAsync(id, JobAction.Retry);

        Assert.Equal(FailureReason.Stalled, (await GetAsync(id)).FailureReason);
        await (await StartWorkerAsync("w2")).ClaimOneAsync();
        await ExpireLeasesAsync();
        Assert.Equal(1, (await MaintainAsync(maxTakeovers: 1)).TakenOver);
        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
    }

    [Fact]
    public async Task A_retry_that_waits_for_its_time_is_made_due_at_once()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry, TimeSpan.FromHours(1), "Once.");

        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(id, JobAction.Retry));
        Assert.Equal(ChangeOutcome.WrongState, await ChangeAsync(id, JobAction.Retry));

        Assert.Equal((JobStatus.Pending, "Once."), await StateOfAsync(id));
        Assert.Equal(2, (await worker.ClaimOneAsync()).Attempt);
    }

    [Fact]
    public async Task Only_what_failed_or_was_cancelled_or_waits_for_its_next_attempt_is_retried()
    {
        var completed = await InsertAsync(priority: 2);
        var running = await InsertAsync(priority: 1);
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());
        await worker.ClaimOneAsync();
        var ready = await InsertAsync();
        var delayed = await InsertAsync(delay: TimeSpan.FromHours(1));

        foreach (var id in new[] { completed, running, ready, delayed })
        {
            var before = await GetAsync(id);
            Assert.Equal(ChangeOutcome.WrongState, await ChangeAsync(id, JobAction.Retry));
            Assert.Equivalent(before, await GetAsync(id));
        }
    }

    [Fact]
    public async Task A_delayed_job_is_promoted_to_now()
    {
        var id = await InsertAsync(delay: TimeSpan.FromDays(1));
        var other = await InsertAsync(delay: TimeSpan.FromDays(2));
        var worker = await StartWorkerAsync();

        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(id, JobAction.Promote));

        Assert.False((await GetAsync(id)).IsDelayed);
        Assert.True((await GetAsync(other)).IsDelayed);
        Assert.Equal(ChangeOutcome.WrongState, await ChangeAsync(id, JobAction.Promote));
        var claimed = await worker.ClaimOneAsync();
        Assert.Equal((id, 1), (claimed.Id, claimed.Attempt));
        Assert.Equal(ChangeOutcome.WrongState, await ChangeAsync(id, JobAction.Promote));
        await worker.CompleteAsync(claimed);
        Assert.Equal(ChangeOutcome.WrongState, await ChangeAsync(id, JobAction.Promote));
    }

    [Fact]
    public async Task Workers_hear_of_what_became_due()
    {
        var delayed = await InsertAsync(delay: TimeSpan.FromDays(1));
        var failed = await InsertAsync();
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        foreach (var (id, action) in new[] { (delayed, JobAction.Promote), (failed, JobAction.Retry) })
        {
            Assert.Empty(await worker.ClaimAsync());
            var signals = new SignalRecorder();
            using var subscription = Storage.Subscribe(signals);
            await ChangeAsync(id, action);
            await signals.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
            await worker.CompleteAsync(await worker.ClaimOneAsync());
        }
    }

    [Fact]
    public async Task A_pending_job_is_edited()
    {
        var id = (await InsertAsync(Job(details: new JobDetails { Tags = ["a", "b"], Submitter = "me" }))).Id;
        await InsertAsync(priority: 1);
        var before = await GetAsync(id);

        Assert.Equal(ChangeOutcome.Done, await EditAsync(id, new JobChange { Name = "work", Payload = Json("{\"n\":2}"), Priority = 2, Tags = ["c"] }));

        var after = await GetAsync(id);
        Assert.Equal(("{\"n\":2}", 2, "me"), (after.Payload?.GetRawText(), after.Priority, after.Submitter));
        Assert.Equal(["c"], after.Tags);
        Assert.Equal((before.CreatedAt, before.RunAt, before.NextAttemptAt), (after.CreatedAt, after.RunAt, after.NextAttemptAt));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        Assert.Equal((id, 2, "{\"n\":2}"), (claimed.Id, claimed.Record.Priority, System.Text.Encoding.UTF8.GetString(claimed.Record.Payload)));
        Assert.Equal(["c"], claimed.Record.Details?.Tags);
    }

    [Fact]
    public async Task An_edit_takes_all_tags_away()
    {
        var id = (await InsertAsync(Job(details: new JobDetails { Tags = ["a"] }))).Id;
        Assert.Equal(ChangeOutcome.Done, await EditAsync(id, new JobChange { Name = "work", Tags = [] }));
        Assert.Empty((await GetAsync(id)).Tags);
        Assert.Equal(0, await Storage.CountAsync(new JobFilter { Tags = ["a"] }, Cancellation));
    }

    [Fact]
    public async Task An_edit_moves_the_due_time()
    {
        var id = await InsertAsync(delay: TimeSpan.FromHours(5));
        var worker = await StartWorkerAsync();
        var later = (await Harness.GetNowAsync()).AddHours(1);

        Assert.Equal(ChangeOutcome.Done, await EditAsync(id, new JobChange { Name = "work", RunAt = later }));

        var moved = await GetAsync(id);
        AssertBetween(later, later, moved.RunAt);
        AssertBetween(later, later, moved.NextAttemptAt);
        Assert.Empty(await worker.ClaimAsync());
        await Harness.AdvanceAsync(TimeSpan.FromHours(1.5));
        await worker.HeartbeatAsync();
        var claimed = await worker.ClaimOneAsync();
        Assert.Equal(id, claimed.Id);

        await worker.EndAsync(claimed, JobOutcomeKind.Snoozed, TimeSpan.FromHours(1));
        Assert.Equal(ChangeOutcome.Done, await EditAsync(id, new JobChange { Name = "work", RunAt = DateTimeOffset.UnixEpoch }));
        Assert.False((await GetAsync(id)).IsDelayed);
        Assert.Equal(id, (await worker.ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task Only_a_pending_job_of_that_name_is_edited()
    {
        var id = await InsertAsync();
        var edit = new JobChange { Name = "work", Priority = 7, Payload = Json("{\"n\":7}") };
        Assert.Equal(ChangeOutcome.NotFound, await EditAsync(id, edit with { Name = "other" }));
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        Assert.Equal(ChangeOutcome.WrongState, await EditAsync(id, edit));
        await worker.EndAsync(claimed, JobOutcomeKind.Failed);
        Assert.Equal(ChangeOutcome.WrongState, await EditAsync(id, edit));

        var snapshot = await GetAsync(id);
        Assert.Equal((0, "{}"), (snapshot.Priority, snapshot.Payload?.GetRawText()));
    }

    [Fact]
    public async Task A_job_between_others_of_its_batch_is_edited_alone()
    {
        var ids = (await InsertManyAsync([.. Enumerable.Range(0, 7).Select(_ => Job())])).Select(i => i.Id).ToList();
        await EditAsync(ids[3], new JobChange { Name = "work", Priority = 5 });
        await ChangeAsync(ids[5], JobAction.Delete);

        var claimed = await (await StartWorkerAsync()).ClaimAsync(10);

        Assert.Equal([ids[3], ids[0], ids[1], ids[2], ids[4], ids[6]], claimed.Select(c => c.Id));
    }

    [Fact]
    public async Task An_edit_leaves_a_job_in_its_line_and_with_its_dependencies()
    {
        var first = (await InsertAsync(Job(details: new JobDetails { OrderingKey = "o" }))).Id;
        var second = (await InsertAsync(Job(details: new JobDetails { OrderingKey = "o" }))).Id;
        var third = (await InsertAsync(Job(details: new JobDetails { OrderingKey = "o" }))).Id;
        var dependant = (await InsertAsync(Job(priority: 5, details: new JobDetails { DependsOn = [second] }))).Id;
        foreach (var id in new[] { first, second, third, dependant })
            Assert.Equal(ChangeOutcome.Done, await EditAsync(id, new JobChange { Name = "work", Payload = Json($"\"{id}\""), Tags = ["t"] }));

        Assert.Equal(JobStatus.Waiting, (await GetAsync(dependant)).Status);
        var worker = await StartWorkerAsync();
        foreach (var id in new[] { first, second, dependant, third })
        {
            var claimed = await worker.ClaimOneAsync();
            Assert.Equal((id, $"\"{id}\""), (claimed.Id, System.Text.Encoding.UTF8.GetString(claimed.Record.Payload)));
            await worker.CompleteAsync(claimed);
        }
    }

    [Fact]
    public async Task Deleting_removes_the_record_and_frees_its_keys()
    {
        var details = new JobDetails { Id = JobId.From("x"), IdempotencyKey = "k" };
        foreach (var end in (JobOutcomeKind?[])[null, JobOutcomeKind.Completed, JobOutcomeKind.Failed, JobOutcomeKind.Cancelled, JobOutcomeKind.Snoozed])
        {
            var inserted = await InsertAsync(Job(details: details));
            Assert.False(inserted.WasDeduplicated);
            if (end is { } kind)
            {
                var worker = await StartWorkerAsync();
                await worker.EndAsync(await worker.ClaimOneAsync(), kind, TimeSpan.FromHours(1));
            }

            Assert.Equal(ChangeOutcome.Done, await ChangeAsync(inserted.Id, JobAction.Delete));
            Assert.False(await ExistsAsync(inserted.Id));
            Assert.Equal(ChangeOutcome.NotFound, await ChangeAsync(inserted.Id, JobAction.Delete));
        }

        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_running_job_is_not_deleted()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();

        Assert.Equal(ChangeOutcome.WrongState, await ChangeAsync(id, JobAction.Delete));

        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(claimed));
        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(id, JobAction.Delete));
    }

    [Fact]
    public async Task A_running_job_is_obliterated_and_its_worker_fenced_off()
    {
        var ids = (await InsertManyAsync(Job(), Job(), Job())).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(3);
        await Storage.CancelAsync(ids[0], Cancellation);

        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(ids[0], JobAction.Obliterate));
        Assert.Equal(ChangeOutcome.Done, await ChangeAsync(ids[1], JobAction.Obliterate));

        var exchange = await worker.ExchangeAsync(5, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        Assert.Equal([OutcomeDisposition.Rejected, OutcomeDisposition.Rejected, OutcomeDisposition.Stored], exchange.Dispositions);
        Assert.Empty(exchange.Claimed);
        Assert.False(await ExistsAsync(ids[0]));
        Assert.False(await ExistsAsync(ids[1]));
    }

    [Fact]
    public async Task Deleting_one_of_many_completed_leaves_the_results_of_the_others()
    {
        var ids = (await InsertManyAsync([.. Enumerable.Range(0, 9).Select(_ => Job())])).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimAsync(9);
        await worker.ExchangeAsync(0, claimed.Select((c, i) => TestWorker.Outcome(c, JobOutcomeKind.Completed) with { Result = i % 4 == 1 ? null : Json($"\"{new string('x', i)}\"") }));

        foreach (var gone in (int[])[4, 0, 8, 5])
            Assert.Equal(ChangeOutcome.Done, await ChangeAsync(ids[gone], JobAction.Delete));

        foreach (var left in (int[])[1, 2, 3, 6, 7])
            Assert.Equal(left % 4 == 1 ? null : new string('x', left), (await GetAsync(ids[left])).ResultJson?.GetString());

        Assert.Equal(5, await Storage.CountAsync(new JobFilter { Status = JobStatus.Completed }, Cancellation));
        await AssertInvariantsAsync();
        await Harness.AdvanceAsync(TimeSpan.FromDays(2));
        Assert.Equal(5, (await MaintainAsync()).Removed);
    }

    [Fact]
    public async Task A_job_that_is_edited_while_it_is_claimed_is_one_or_the_other()
    {
        var worker = await StartWorkerAsync();
        for (var round = 0; round < 20; round++)
        {
            var ids = (await InsertManyAsync([.. Enumerable.Range(0, 20).Select(_ => Job())])).Select(i => i.Id).ToList();
            var editing = Task.Run(async () =>
            {
                var edited = new HashSet<JobId>();
                foreach (var id in ids)
                {
                    if (await EditAsync(id, new JobChange { Name = "work", Payload = Json("{\"n\":2}") }) == ChangeOutcome.Done)
                        edited.Add(id);
                }

                return edited;
            });
            var claimed = new List<ClaimedJob>();
            while (claimed.Count < ids.Count)
                claimed.AddRange(await worker.ClaimAsync(3));

            var done = await editing;
            Assert.Equal(ids.Count, claimed.Select(c => c.Id).Distinct().Count());
            Assert.All(claimed, c => Assert.Equal(done.Contains(c.Id) ? "{\"n\":2}" : "{}", System.Text.Encoding.UTF8.GetString(c.Record.Payload)));
            await worker.ExchangeAsync(0, claimed.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        }
    }

    [Fact]
    public async Task The_record_of_a_job_is_what_was_enqueued_with_its_edits()
    {
        var details = new JobDetails { Id = JobId.From("x"), IdempotencyKey = "k", Submitter = "me", Tags = ["a"], Metadata = new Dictionary<string, string> { ["m"] = "1" }, TraceParent = "t" };
        var policy = new JobPolicy { MaxAttempts = 7, Timeout = TimeSpan.FromSeconds(3) };
        var id = (await InsertAsync(Job("work", "q", 3, Json("{\"n\":1}"), policy, details: details))).Id;
        await EditAsync(id, new JobChange { Name = "work", Priority = 4 });

        var record = await Storage.GetRecordAsync(id, Cancellation);

        Assert.NotNull(record);
        Assert.Equal(("work", "q", 4, policy, "{\"n\":1}"), (record.Name, record.Queue, record.Priority, record.Policy, System.Text.Encoding.UTF8.GetString(record.Payload)));
        Assert.Equivalent(details, record.Details);
        Assert.Null(await Storage.GetRecordAsync(JobId.New(), Cancellation));
        var plain = await Storage.GetRecordAsync(await InsertAsync(), Cancellation);
        Assert.Null(plain!.Details);
        Assert.Equal(JobPolicy.Default, plain.Policy);
    }

    [Fact]
    public async Task Of_many_who_retry_one_wins()
    {
        var id = await InsertAsync();
        var worker = await StartWorkerAsync();
        for (var round = 0; round < 5; round++)
        {
            await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () => await ChangeAsync(id, JobAction.Retry))));
            Assert.Single(outcomes, ChangeOutcome.Done);
        }
    }

    private async Task<ChangeOutcome> ChangeAsync(JobId id, JobAction action) => await Storage.ChangeAsync(id, action, Cancellation);

    private async Task<ChangeOutcome> EditAsync(JobId id, JobChange change) => await Storage.EditAsync(id, change, Cancellation);

    private async Task<(JobStatus Status, string? Error)> StateOfAsync(JobId id)
    {
        var snapshot = await GetAsync(id);
        return (snapshot.Status, snapshot.Error);
    }
}
