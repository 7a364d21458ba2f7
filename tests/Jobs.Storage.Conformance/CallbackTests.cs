using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Callbacks: a job whose end somebody wants to know leaves one in the step that ends it, whoever ends it.</summary>
public abstract class CallbackTests : StorageTests
{
    private const string Good = "https://example.com/good?a=b,c&d=%20e";
    private const string Bad = "https://example.com/bad";

    private static readonly JobPolicy _told = new()
    {
        Callback = new FollowUpTarget("tell", "callbacks", 3, new JobPolicy { MaxAttempts = 9, BackoffDelay = TimeSpan.FromSeconds(5) }),
        OnCompleted = Good,
        OnFailed = Bad,
    };

    [Fact]
    public async Task A_completed_job_leaves_a_callback_with_its_result()
    {
        var details = new JobDetails { Tags = ["a"], Submitter = "me", Metadata = new Dictionary<string, string> { ["tenant"] = "t1" } };
        var id = (await InsertAsync(Job(queue: "mail", policy: _told, details: details))).Id;
        var worker = await StartWorkerAsync();
        Assert.Equal(OutcomeDisposition.Stored, await worker.CompleteAsync(await worker.ClaimOneAsync(), Json("""{"text":"a \"quoted\" ü"}""")));

        var ended = await GetAsync(id);
        var claimed = await (await StartWorkerAsync("teller", ["tell"])).ClaimOneAsync();
        var record = claimed.Record;
        Assert.Equal(("tell", "callbacks", 3, 9, TimeSpan.FromSeconds(5)), (record.Name, record.Queue, record.Priority, record.Policy.MaxAttempts, record.Policy.BackoffDelay));
        Assert.Null(record.Policy.Callback);
        var callback = CallbackEnvelope.Read(record.Payload);
        Assert.Equal((Good, id, "work", "mail", "Completed", 1), (callback.Url, callback.JobId, callback.JobName, callback.Queue, callback.Status, callback.Attempts));
        Assert.Equal("""{"text":"a \"quoted\" ü"}""", callback.Result);
        Assert.Null(callback.Reason);
        Assert.Null(callback.Error);
        AssertBetween(ended.CreatedAt, ended.CreatedAt, callback.CreatedAt);
        AssertBetween(ended.CompletedAt!.Value, ended.CompletedAt.Value, callback.EndedAt);
        Assert.Equal(("me", "t1", id.ToString()), (record.Details!.Submitter, record.Details.Metadata["tenant"], record.Details.Metadata[CallbackEnvelope.MetadataKey]));
        Assert.Equal(["a"], record.Details.Tags);
    }

    [Fact]
    public async Task A_failed_job_leaves_a_callback_that_tells_why()
    {
        var id = await InsertAsync(policy: _told);
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Retry);
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed, error: "No such address.");

        var callback = Assert.Single(await ReadAsync());
        Assert.Equal((Bad, id, "Failed", 2, "HandlerError", "No such address."), (callback.Url, callback.JobId, callback.Status, callback.Attempts, callback.Reason, callback.Error));
    }

    [Fact]
    public async Task A_cancelled_job_leaves_a_callback()
    {
        var waiting = await InsertAsync(policy: _told);
        await Storage.CancelAsync(waiting, Cancellation);
        var running = await InsertAsync(policy: _told);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await Storage.CancelAsync(running, Cancellation);
        Assert.Equal(OutcomeDisposition.Cancelled, await worker.CompleteAsync(claimed, Json("1")));

        var callbacks = await ReadAsync();
        Assert.Equal([waiting, running], callbacks.Select(c => c.JobId));
        Assert.All(callbacks, c => Assert.Equal((Bad, "Cancelled", null, null), (c.Url, c.Status, c.Result, c.Reason)));
    }

    [Fact]
    public async Task Each_end_has_its_own_address_and_none_means_no_callback()
    {
        await InsertAsync("work", policy: _told with { OnFailed = null });
        await InsertAsync("work", policy: _told with { OnCompleted = null });
        await InsertAsync("work");
        var worker = await StartWorkerAsync();
        var claims = await worker.ClaimAsync(10);
        await worker.EndAsync(claims[0], JobOutcomeKind.Failed);
        await worker.CompleteAsync(claims[1]);
        await worker.CompleteAsync(claims[2]);

        Assert.Empty(await ReadAsync());
    }

    [Theory]
    [InlineData(JobOutcomeKind.Retry)]
    [InlineData(JobOutcomeKind.Released)]
    [InlineData(JobOutcomeKind.Snoozed)]
    public async Task The_end_of_an_attempt_that_is_not_the_last_leaves_none(JobOutcomeKind kind)
    {
        await InsertAsync(policy: _told);
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), kind);

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task A_stale_worker_leaves_no_callback()
    {
        await InsertAsync(policy: _told);
        var worker = await StartWorkerAsync();
        var stale = await worker.ClaimOneAsync();
        await worker.EndAsync(stale, JobOutcomeKind.Released);
        Assert.Equal(OutcomeDisposition.Rejected, await worker.CompleteAsync(stale));

        Assert.Empty(await ReadAsync());
    }

    [Fact]
    public async Task Jobs_whose_records_are_not_kept_leave_callbacks_all_the_same()
    {
        var policy = _told with { RetainCompleted = TimeSpan.Zero, RetainFailed = TimeSpan.Zero };
        var ids = (await InsertManyAsync(Job(policy: policy), Job(policy: policy))).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        var claims = await worker.ClaimAsync(2);
        await worker.CompleteAsync(claims[0], Json("7"));
        await worker.EndAsync(claims[1], JobOutcomeKind.Failed);

        Assert.False(await ExistsAsync(ids[0]));
        Assert.False(await ExistsAsync(ids[1]));
        Assert.Equal(["7", null], (await ReadAsync()).Select(c => c.Result));
    }

    [Fact]
    public async Task Jobs_that_complete_together_each_leave_their_own()
    {
        var jobs = Enumerable.Range(0, 20).Select(i => Job(policy: i % 3 == 0 ? JobPolicy.Default : _told)).ToList();
        var ids = (await InsertManyAsync(jobs)).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        var claims = await worker.ClaimAsync(20);
        await worker.ExchangeAsync(0, claims.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed) with { Result = Json($"{ids.IndexOf(c.Id)}") }));

        var callbacks = await ReadAsync();
        Assert.Equal(Enumerable.Range(0, 20).Where(i => i % 3 != 0), callbacks.Select(c => ids.IndexOf(c.JobId)).Order());
        Assert.All(callbacks, c => Assert.Equal($"{ids.IndexOf(c.JobId)}", c.Result));
    }

    [Fact]
    public async Task A_completion_in_a_transaction_leaves_a_callback_when_it_was_committed()
    {
        if (!Storage.Capabilities.SupportsTransactions)
            return;

        var id = await InsertAsync(policy: _told);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        var rolledBack = await Harness.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed), rolledBack, Cancellation));
        await rolledBack.RollbackAsync(Cancellation);
        Assert.Empty(await ReadAsync());

        var transaction = await Harness.BeginTransactionAsync(Cancellation);
        Assert.True(await Storage.CompleteInTransactionAsync(TestWorker.Outcome(claimed, JobOutcomeKind.Completed) with { Result = Json("42") }, transaction, Cancellation));
        await transaction.CommitAsync(Cancellation);
        Assert.True(await Storage.WasCompletedAsync(id, claimed.Lease, Cancellation));

        var callback = Assert.Single(await ReadAsync());
        Assert.Equal((id, "42", 1), (callback.JobId, callback.Result, callback.Attempts));
    }

    [Fact]
    public async Task A_job_whose_workers_died_too_often_leaves_a_callback()
    {
        var id = await InsertAsync(policy: _told);
        var worker = await StartWorkerAsync();
        await worker.ClaimOneAsync();
        await ExpireLeasesAsync();
        await MaintainAsync(maxTakeovers: 0);

        var callback = Assert.Single(await ReadAsync());
        Assert.Equal((id, "Failed", "Stalled"), (callback.JobId, callback.Status, callback.Reason));
    }

    /// <summary>The callbacks that wait for their delivery, oldest first.</summary>
    private async Task<List<CallbackDelivery>> ReadAsync()
    {
        var page = await Storage.ListAsync(new JobFilter { Name = "tell", IncludePayload = true, Limit = 100 }, Cancellation);
        return [.. page.Jobs.Reverse().Select(j => CallbackEnvelope.Read(Json(j.Payload!.Value.GetRawText())))];
    }
}
