using System.Text;
using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Inserting: what is stored comes back unchanged, in order, all or nothing.</summary>
public abstract class InsertingTests : StorageTests
{
    [Fact]
    public async Task A_new_job_is_pending_and_due_at_once()
    {
        var before = await Harness.GetNowAsync();
        var inserted = await InsertAsync(Job("work", "mail", priority: 7));
        var after = await Harness.GetNowAsync();

        Assert.False(inserted.WasDeduplicated);
        var job = await GetAsync(inserted.Id);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.Equal("work", job.Name);
        Assert.Equal("mail", job.Queue);
        Assert.Equal(7, job.Priority);
        Assert.Equal(0, job.Attempt);
        Assert.Equal(JobPolicy.Default.MaxAttempts, job.MaxAttempts);
        Assert.False(job.IsDelayed);
        AssertBetween(before, after, job.CreatedAt);
        AssertBetween(before, after, job.UpdatedAt);
        AssertBetween(before, after, job.RunAt);
        AssertBetween(before, after, job.NextAttemptAt);
        Assert.Null(job.StartedAt);
        Assert.Null(job.CompletedAt);
        Assert.Null(job.LockedAt);
        Assert.Null(job.LockedBy);
        Assert.Null(job.Error);
        Assert.Equal(FailureReason.None, job.FailureReason);
        Assert.Empty(job.Attempts);
        Assert.Empty(job.Tags);
        Assert.Empty(job.Metadata);
    }

    [Fact]
    public async Task A_delayed_job_is_due_after_its_delay_by_the_storages_clock()
    {
        var before = await Harness.GetNowAsync();
        var id = await InsertAsync(delay: TimeSpan.FromHours(2));
        var after = await Harness.GetNowAsync();

        var job = await GetAsync(id);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.True(job.IsDelayed);
        AssertBetween(before.AddHours(2), after.AddHours(2), job.RunAt);
        Assert.Equal(job.RunAt, job.NextAttemptAt);
    }

    [Fact]
    public async Task A_job_with_a_due_time_in_the_future_waits_for_it()
    {
        var at = (await Harness.GetNowAsync()).AddHours(3);
        var job = await GetAsync((await InsertAsync(Job(runAt: at))).Id);

        Assert.True(job.IsDelayed);
        AssertBetween(at, at, job.RunAt);
        AssertBetween(at, at, job.NextAttemptAt);
    }

    [Fact]
    public async Task A_due_time_in_the_past_is_now()
    {
        var id = (await InsertAsync(Job(runAt: (await Harness.GetNowAsync()).AddDays(-400)))).Id;

        Assert.False((await GetAsync(id)).IsDelayed);
        Assert.Equal(id, (await (await StartWorkerAsync()).ClaimOneAsync()).Id);
    }

    [Fact]
    public async Task A_due_time_with_an_offset_means_the_same_moment()
    {
        var at = (await Harness.GetNowAsync()).AddHours(3);
        var job = await GetAsync((await InsertAsync(Job(runAt: at.ToOffset(TimeSpan.FromHours(-9))))).Id);

        AssertBetween(at, at, job.RunAt);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("{\"to\":\"a@b.c\",\"n\":[1,2.50,-3e10,null,true]}")]
    [InlineData("  { \"spaces\" :  1 }\n")]
    [InlineData("\"a single string\"")]
    [InlineData("null")]
    [InlineData("{\"text\":\"žluťoučký 馬 🐎 \\u0041 \\\" quote ' apostrophe\"}")]
    [InlineData("{\"escaped\":\"\\u0000\\u001f\\ud83d\\ude00\"}")]
    public async Task A_payload_reaches_the_worker_byte_for_byte(string json)
    {
        var id = (await InsertAsync(Job(payload: Json(json)))).Id;

        var claimed = await (await StartWorkerAsync()).ClaimOneAsync();
        Assert.Equal(id, claimed.Id);
        Assert.Equal(json, Encoding.UTF8.GetString(claimed.Record.Payload));
        using var expected = System.Text.Json.JsonDocument.Parse(json);
        Assert.True(System.Text.Json.JsonElement.DeepEquals(expected.RootElement, (await GetAsync(id)).Payload!.Value));
    }

    [Fact]
    public async Task An_empty_payload_stays_empty()
    {
        var id = (await InsertAsync(Job(payload: []))).Id;

        Assert.Null((await GetAsync(id)).Payload);
        Assert.Empty((await (await StartWorkerAsync()).ClaimOneAsync()).Record.Payload);
    }

    [Fact]
    public async Task A_payload_of_a_mebibyte_is_kept_whole()
    {
        var payload = Json("\"" + new string('x', (1024 * 1024) - 2) + "\"");
        await InsertAsync(Job(payload: payload));

        Assert.Equal(payload, (await (await StartWorkerAsync()).ClaimOneAsync()).Record.Payload);
    }

    [Fact]
    public async Task A_payload_that_is_not_JSON_is_visible_and_reaches_the_worker()
    {
        byte[] payload = [0x7B, 0xFF, 0x00, 0xC3];
        var id = (await InsertAsync(Job(payload: payload))).Id;

        Assert.Equal(JobStatus.Pending, (await GetAsync(id)).Status);
        Assert.Equal(payload, (await (await StartWorkerAsync()).ClaimOneAsync()).Record.Payload);
    }

    [Fact]
    public async Task Details_come_back_in_snapshots_and_in_claims()
    {
        var details = new JobDetails
        {
            Id = JobId.New(),
            IdempotencyKey = "welcome-42 ž'\"",
            Submitter = "web/Ünï",
            Tags = ["red", "größe", "a b,c;d"],
            Metadata = new Dictionary<string, string> { ["tenant"] = "42", ["ключ"] = "значение 'x' \"y\" {z}", ["empty"] = "" },
            TraceParent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
        };
        var inserted = await InsertAsync(Job(details: details));

        Assert.Equal(details.Id, inserted.Id);
        var job = await GetAsync(inserted.Id);
        Assert.Equal(details.IdempotencyKey, job.IdempotencyKey);
        Assert.Equal(details.Submitter, job.Submitter);
        Assert.Equal(details.Tags, job.Tags);
        Assert.Equal(details.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal), job.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal(details.TraceParent, job.TraceParent);

        var claimed = (await (await StartWorkerAsync()).ClaimOneAsync()).Record.Details;
        Assert.NotNull(claimed);
        Assert.Equal(details.IdempotencyKey, claimed.IdempotencyKey);
        Assert.Equal(details.Submitter, claimed.Submitter);
        Assert.Equal(details.Tags, claimed.Tags);
        Assert.Equal(details.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal), claimed.Metadata.OrderBy(p => p.Key, StringComparer.Ordinal));
        Assert.Equal(details.TraceParent, claimed.TraceParent);
    }

    [Fact]
    public async Task A_policy_comes_back_as_it_was()
    {
        var policy = new JobPolicy
        {
            MaxAttempts = 17,
            Backoff = BackoffKind.Linear,
            BackoffDelay = TimeSpan.FromMilliseconds(250),
            MaxBackoffDelay = TimeSpan.FromDays(2),
            Jitter = 0.35,
            Timeout = TimeSpan.FromSeconds(90),
            RetainCompleted = TimeSpan.FromHours(5),
            RetainFailed = TimeSpan.Zero,
        };
        var id = (await InsertAsync(Job(policy: policy))).Id;

        var job = await GetAsync(id);
        Assert.Equal(17, job.MaxAttempts);
        Assert.Equal(TimeSpan.FromSeconds(90), job.Timeout);
        Assert.Equal(policy, (await (await StartWorkerAsync()).ClaimOneAsync()).Record.Policy);
    }

    [Theory]
    [InlineData(int.MinValue)]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    public async Task Any_integer_is_a_priority(int priority)
    {
        var id = await InsertAsync(priority: priority);

        Assert.Equal(priority, (await GetAsync(id)).Priority);
        Assert.Equal(priority, (await (await StartWorkerAsync()).ClaimOneAsync()).Record.Priority);
    }

    [Fact]
    public async Task A_batch_answers_in_its_order_and_is_claimed_in_it()
    {
        var jobs = Enumerable.Range(0, 250).Select(i => Job(payload: Json($"{{\"n\":{i}}}"))).ToList();
        var inserted = await InsertManyAsync(jobs);

        Assert.Equal(250, inserted.Select(i => i.Id).Distinct().Count());
        Assert.DoesNotContain(inserted, i => i.WasDeduplicated);
        for (var i = 0; i < jobs.Count; i += 50)
            Assert.Equal(i, (await GetAsync(inserted[i].Id)).Payload!.Value.GetProperty("n").GetInt32());

        var claimed = await (await StartWorkerAsync()).ClaimAsync(1000);
        Assert.Equal(inserted.Select(i => i.Id), claimed.Select(c => c.Id));
        Assert.Equal(jobs.Select(j => j.Payload), claimed.Select(c => c.Record.Payload));
    }

    [Fact]
    public async Task A_batch_of_unlike_jobs_keeps_each_as_it_is()
    {
        var at = (await Harness.GetNowAsync()).AddHours(1);
        var inserted = await InsertManyAsync(
            Job("a", "q1", 1),
            Job("b", "q2", 2, delay: TimeSpan.FromHours(5)),
            Job("a", "q2", -2, runAt: at, policy: new JobPolicy { MaxAttempts = 9 }),
            Job("c", "q1", 1, details: new JobDetails { Submitter = "me" }));

        var jobs = new List<JobSnapshot>();
        foreach (var job in inserted)
            jobs.Add(await GetAsync(job.Id));

        Assert.Equal(["a", "b", "a", "c"], jobs.Select(j => j.Name));
        Assert.Equal(["q1", "q2", "q2", "q1"], jobs.Select(j => j.Queue));
        Assert.Equal([1, 2, -2, 1], jobs.Select(j => j.Priority));
        Assert.Equal([false, true, true, false], jobs.Select(j => j.IsDelayed));
        Assert.Equal([3, 3, 9, 3], jobs.Select(j => j.MaxAttempts));
        Assert.Equal([null, null, null, "me"], jobs.Select(j => j.Submitter));
        AssertBetween(at, at, jobs[2].RunAt);
    }

    [Fact]
    public async Task An_empty_batch_stores_nothing()
    {
        Assert.Empty(await InsertManyAsync());
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task Issued_ids_are_unique_and_in_the_order_of_time()
    {
        var first = await InsertAsync();
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(5));
        var second = await InsertAsync();

        Assert.NotEqual(first, second);
        Assert.True(first < second);
    }

    [Fact]
    public async Task An_unknown_id_gives_null()
    {
        Assert.Null(await Storage.GetAsync(JobId.New(), JobParts.None, Cancellation));
        Assert.Null(await Storage.GetAsync(default, JobParts.None, Cancellation));
    }

    [Fact]
    public async Task Payload_and_result_come_only_when_asked_for()
    {
        var id = (await InsertAsync(Job(payload: Json("{\"a\":1}")))).Id;
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync(), Json("{\"b\":2}"));

        var none = await Storage.GetAsync(id, JobParts.None, Cancellation);
        var payload = await Storage.GetAsync(id, JobParts.Payload, Cancellation);
        var result = await Storage.GetAsync(id, JobParts.Result, Cancellation);

        Assert.Null(none!.Payload);
        Assert.Null(none.ResultJson);
        Assert.Equal("{\"a\":1}", payload!.Payload!.Value.GetRawText());
        Assert.Null(payload.ResultJson);
        Assert.Null(result!.Payload);
        Assert.Equal("{\"b\":2}", result.ResultJson!.Value.GetRawText());
    }

    [Fact]
    public async Task A_cancelled_insert_stores_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Storage.InsertAsync(Job(), null, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Storage.InsertManyAsync([Job(), Job()], null, cancelled));

        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    [Fact]
    public async Task An_insert_signals_that_there_may_be_jobs_to_claim()
    {
        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync());
        var signals = new SignalRecorder();
        using var subscription = Storage.Subscribe(signals);

        await InsertAsync();

        await signals.JobsReady.WaitAsync(TimeSpan.FromSeconds(30), Cancellation);
    }

    [Fact]
    public async Task Initializing_again_keeps_the_jobs()
    {
        var id = await InsertAsync();

        await Storage.InitializeAsync(Cancellation);

        Assert.Equal(id, (await (await StartWorkerAsync()).ClaimOneAsync()).Id);
    }
}
