using System.Text;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Dead letters: a job that fails for good leaves one, in the same step, whoever fails it.</summary>
public abstract class DeadLetterTests : StorageTests
{
    private static readonly JobPolicy _buried = new()
    {
        DeadLetter = new FollowUpTarget("letters", "morgue", 7, new JobPolicy { MaxAttempts = 9, Timeout = TimeSpan.FromMinutes(5), RetainCompleted = TimeSpan.FromHours(2), RetainFailed = TimeSpan.FromHours(5) }),
    };

    [Fact]
    public async Task A_job_that_fails_for_good_leaves_a_letter_that_tells_why()
    {
        var details = new JobDetails { Tags = ["a", "b"], Submitter = "me", Metadata = new Dictionary<string, string> { ["tenant"] = "t1" }, TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01" };
        var id = (await InsertAsync(Job(queue: "mail", payload: Json("""{"text":"a \"quoted\" ü"}"""), policy: _buried, details: details))).Id;
        var worker = await StartWorkerAsync();
        Assert.Equal(OutcomeDisposition.Stored, await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed, error: "No such \\ address."));

        var failed = await GetAsync(id);
        Assert.Equal(JobStatus.Failed, failed.Status);
        var claimed = await (await StartWorkerAsync("undertaker", ["letters"])).ClaimOneAsync();
        Assert.Equal(failed.DeadLetterJobId, claimed.Id);
        Assert.Equal(failed.CompletedAt, failed.DeadLetteredAt);
        var record = claimed.Record;
        Assert.Equal(("letters", "morgue", 7, 9, TimeSpan.FromMinutes(5)), (record.Name, record.Queue, record.Priority, record.Policy.MaxAttempts, record.Policy.Timeout));
        Assert.Null(record.Policy.DeadLetter);
        Assert.Equal(1, claimed.Attempt);
        var letter = DeadLetterEnvelope.Read(record.Payload);
        Assert.Equal((id, "work", "mail", 1, FailureReason.HandlerError), (letter.JobId, letter.JobName, letter.Queue, letter.Attempts, letter.Reason));
        Assert.Equal(("No such \\ address.", "System.InvalidOperationException", "at Handler"), (letter.Error, letter.ErrorType, letter.StackTrace));
        Assert.Equal("""{"text":"a \"quoted\" ü"}""", letter.RawPayload);
        AssertBetween(failed.CreatedAt, failed.CreatedAt, letter.CreatedAt);
        AssertBetween(failed.CompletedAt!.Value, failed.CompletedAt.Value, letter.FailedAt);
        Assert.Equal(["a", "b"], record.Details!.Tags);
        Assert.Equal("me", record.Details.Submitter);
        Assert.Equal(details.TraceParent, record.Details.TraceParent);
        Assert.Equal("t1", record.Details.Metadata["tenant"]);
        Assert.Equal(id.ToString(), record.Details.Metadata[DeadLetter.MetadataKey]);
    }

    [Fact]
    public async Task A_letter_is_kept_as_its_own_policy_says()
    {
        await InsertAsync(policy: _buried);
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);
        var undertaker = await StartWorkerAsync("undertaker", ["letters"]);
        var letter = await undertaker.ClaimOneAsync();
        await undertaker.CompleteAsync(letter);

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(110));
        await MaintainAsync();
        Assert.True(await ExistsAsync(letter.Id));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(20));
        await MaintainAsync();
        Assert.False(await ExistsAsync(letter.Id));
    }

    [Fact]
    public async Task A_letter_that_fails_leaves_none()
    {
        await InsertAsync(policy: _buried);
        var worker = await StartWorkerAsync(names: ["work", "letters"]);
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);
        var letter = await worker.ClaimOneAsync();
        await worker.EndAsync(letter, JobOutcomeKind.Failed);

        Assert.Null((await GetAsync(letter.Id)).DeadLetterJobId);
        Assert.Equal(2, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Theory]
    [InlineData(JobOutcomeKind.Completed)]
    [InlineData(JobOutcomeKind.Retry)]
    [InlineData(JobOutcomeKind.Cancelled)]
    [InlineData(JobOutcomeKind.Released)]
    public async Task Any_other_end_of_an_attempt_leaves_no_letter(JobOutcomeKind kind)
    {
        var id = await InsertAsync(policy: _buried);
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), kind);

        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Null((await GetAsync(id)).DeadLetterJobId);
    }

    [Fact]
    public async Task A_stale_worker_leaves_no_letter()
    {
        await InsertAsync(policy: _buried);
        var worker = await StartWorkerAsync();
        var claimed = await worker.ClaimOneAsync();
        await worker.EndAsync(claimed, JobOutcomeKind.Released);

        Assert.Equal(OutcomeDisposition.Rejected, await worker.EndAsync(claimed, JobOutcomeKind.Failed));
        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task A_job_whose_record_is_not_kept_leaves_a_letter_all_the_same()
    {
        var id = await InsertAsync(policy: _buried with { RetainFailed = TimeSpan.Zero });
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        Assert.False(await ExistsAsync(id));
        var letter = Assert.Single((await Storage.ListAsync(new JobFilter(), Cancellation)).Jobs);
        Assert.Equal(id.ToString(), letter.Metadata[DeadLetter.MetadataKey]);
    }

    [Fact]
    public async Task A_job_whose_workers_died_too_often_leaves_a_letter()
    {
        var id = await InsertAsync(policy: _buried);
        var worker = await StartWorkerAsync();
        await worker.ClaimOneAsync();
        await ExpireLeasesAsync();
        Assert.Equal(1, (await MaintainAsync(maxTakeovers: 0)).Stalled);

        var letter = await ReadLetterAsync();
        Assert.Equal((id, FailureReason.Stalled, 0), (letter.JobId, letter.Reason, letter.Attempts));
        Assert.NotNull(letter.Error);
    }

    [Fact]
    public async Task A_job_that_no_worker_knows_leaves_a_letter()
    {
        var id = await InsertAsync(policy: _buried);
        await StartWorkerAsync(names: ["letters"]);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(6));
        Assert.Equal(1, (await MaintainAsync(noHandlerGrace: TimeSpan.FromMinutes(5))).Orphaned);

        var letter = await ReadLetterAsync();
        Assert.Equal((id, FailureReason.NoHandler), (letter.JobId, letter.Reason));
    }

    [Fact]
    public async Task A_job_whose_dependency_failed_leaves_a_letter()
    {
        var parent = await InsertAsync();
        var child = (await InsertAsync(Job(policy: _buried, details: new JobDetails { DependsOn = [parent] }))).Id;
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        Assert.Equal(FailureReason.DependencyFailed, (await GetAsync(child)).FailureReason);
        var letter = await ReadLetterAsync();
        Assert.Equal((child, FailureReason.DependencyFailed, 0), (letter.JobId, letter.Reason, letter.Attempts));
    }

    [Fact]
    public async Task Letters_of_many_jobs_that_fail_at_once_are_all_there()
    {
        var ids = (await InsertManyAsync([.. Enumerable.Range(0, 50).Select(i => Job(payload: Json($$"""{"n":{{i}}}"""), policy: _buried))])).Select(i => i.Id).ToList();
        var worker = await StartWorkerAsync();
        await worker.ExchangeAsync(0, (await worker.ClaimAsync(50)).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Failed)));

        var letters = (await (await StartWorkerAsync("undertaker", ["letters"])).ClaimAsync(100)).Select(c => DeadLetterEnvelope.Read(c.Record.Payload)).ToList();
        Assert.Equal(ids.Order(), letters.Select(l => l.JobId).Order());
        foreach (var letter in letters)
            Assert.Equal($$"""{"n":{{ids.IndexOf(letter.JobId)}}}""", letter.RawPayload);
    }

    [Fact]
    public async Task A_payload_that_is_no_JSON_is_in_the_letter_as_far_as_text_can_hold_it()
    {
        await InsertAsync(Job(payload: [0x66, 0x6F, 0x00, 0xFF], policy: _buried));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        Assert.StartsWith("fo", (await ReadLetterAsync()).RawPayload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_without_input_has_a_letter_with_an_empty_payload()
    {
        await InsertAsync(Job(payload: [], policy: _buried));
        var worker = await StartWorkerAsync();
        await worker.EndAsync(await worker.ClaimOneAsync(), JobOutcomeKind.Failed);

        Assert.Equal("", (await ReadLetterAsync()).RawPayload);
    }

    private async Task<DeadLetter> ReadLetterAsync()
    {
        var page = await Storage.ListAsync(new JobFilter { Name = "letters", IncludePayload = true }, Cancellation);
        return DeadLetterEnvelope.Read(Encoding.UTF8.GetBytes(Assert.Single(page.Jobs).Payload!.Value.GetRawText()));
    }
}
