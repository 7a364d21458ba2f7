using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Idempotency keys beyond "unique while the record lives": windows, and what gives way to a duplicate.</summary>
public abstract class IdempotencyTests : StorageTests
{
    [Fact]
    public async Task A_window_ends_by_itself_and_the_key_passes_on()
    {
        var window = TimeSpan.FromMinutes(10);
        var first = await InsertAsync(Keyed(window: window));
        Assert.Equal(first.Id, (await InsertAsync(Keyed(window: window))).Id);

        await Harness.AdvanceAsync(window);
        var second = await InsertAsync(Keyed(window: window));
        Assert.False(second.WasDeduplicated);
        Assert.NotEqual(first.Id, second.Id);
        Assert.Equal(second.Id, (await InsertAsync(Keyed())).Id);
        Assert.Equal("k", (await GetAsync(first.Id)).IdempotencyKey);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60)]
    public async Task A_bulk_may_mix_jobs_without_keys_and_keys_with_windows(int minutes)
    {
        var windows = (TimeSpan?[])[TimeSpan.FromMinutes(10), TimeSpan.FromMinutes(minutes)];
        await InsertManyAsync(Named("a", windows[0]), Job(), Named("b", windows[1]));
        Assert.All(await InsertManyAsync(Named("a"), Named("b")), i => Assert.True(i.WasDeduplicated));

        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        Assert.Equal([false, minutes > 10], (await InsertManyAsync(Named("a"), Named("b"))).Select(i => i.WasDeduplicated));

        static JobRecord Named(string key, TimeSpan? window = null) => Job(details: new JobDetails { IdempotencyKey = key, IdempotencyWindow = window });
    }

    [Fact]
    public async Task A_key_that_passed_on_outlives_the_record_of_the_job_that_had_it()
    {
        var window = TimeSpan.FromMinutes(10);
        var first = await InsertAsync(Keyed(window: window, policy: new JobPolicy { RetainFailed = TimeSpan.FromMinutes(1) }));
        await Harness.AdvanceAsync(window);
        var second = await InsertAsync(Keyed());
        await Storage.CancelAsync(first.Id, Cancellation);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(2));
        await MaintainAsync();

        Assert.False(await ExistsAsync(first.Id));
        Assert.Equal(second.Id, (await InsertAsync(Keyed())).Id);
    }

    [Theory]
    [InlineData(OnDuplicate.Replace)]
    [InlineData(OnDuplicate.Debounce)]
    public async Task A_pending_job_gives_way(OnDuplicate mode)
    {
        var first = await InsertAsync(Keyed(delay: TimeSpan.FromHours(1)));
        var second = await InsertAsync(Keyed(mode, payload: "2"));

        Assert.False(second.WasDeduplicated);
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(first.Id)).Status);
        var worker = await StartWorkerAsync();
        var claimed = Assert.Single(await worker.ClaimAsync(5));
        Assert.Equal((second.Id, "2"), (claimed.Id, System.Text.Encoding.UTF8.GetString(claimed.Record.Payload)));
    }

    [Fact]
    public async Task Calls_in_quick_succession_start_the_delay_anew_and_only_the_last_runs()
    {
        var ids = new List<JobId>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add((await InsertAsync(Keyed(OnDuplicate.Debounce, delay: TimeSpan.FromMinutes(10)))).Id);
            await Harness.AdvanceAsync(TimeSpan.FromMinutes(6));
        }

        var worker = await StartWorkerAsync();
        Assert.Empty(await worker.ClaimAsync(5));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(4));
        Assert.Equal(ids[2], Assert.Single(await worker.ClaimAsync(5)).Id);
    }

    [Fact]
    public async Task A_running_job_is_met_by_replace_and_followed_by_debounce()
    {
        var first = await InsertAsync(Keyed());
        var worker = await StartWorkerAsync();
        await worker.ClaimOneAsync();

        Assert.Equal(new InsertedJob(first.Id, true), await InsertAsync(Keyed(OnDuplicate.Replace)));
        var next = await InsertAsync(Keyed(OnDuplicate.Debounce));
        Assert.False(next.WasDeduplicated);
        Assert.Equal(JobStatus.Running, (await GetAsync(first.Id)).Status);
        Assert.Equal(next.Id, (await InsertAsync(Keyed())).Id);
    }

    [Fact]
    public async Task An_ended_job_is_met_by_replace_and_followed_by_debounce()
    {
        var first = await InsertAsync(Keyed());
        var worker = await StartWorkerAsync();
        await worker.CompleteAsync(await worker.ClaimOneAsync());

        Assert.Equal(new InsertedJob(first.Id, true), await InsertAsync(Keyed(OnDuplicate.Replace)));
        Assert.False((await InsertAsync(Keyed(OnDuplicate.Debounce))).WasDeduplicated);
    }

    [Fact]
    public async Task In_a_bulk_the_last_one_stays()
    {
        var inserted = await InsertManyAsync(Keyed(OnDuplicate.Replace, payload: "1"), Job(), Keyed(OnDuplicate.Replace, payload: "2"), Keyed(payload: "3"));

        Assert.Equal([false, false, false, true], inserted.Select(i => i.WasDeduplicated));
        Assert.Equal(inserted[2].Id, inserted[3].Id);
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(inserted[0].Id)).Status);
        var worker = await StartWorkerAsync();
        Assert.Equal([inserted[1].Id, inserted[2].Id], (await worker.ClaimAsync(5)).Select(j => j.Id).Order());
    }

    [Fact]
    public async Task A_job_with_a_concurrency_key_gives_way_as_well()
    {
        var blocker = await InsertAsync(Job(details: new JobDetails { ConcurrencyKey = "c" }));
        var first = await InsertAsync(Gated());
        var worker = await StartWorkerAsync();
        var held = await worker.ClaimOneAsync();
        Assert.Equal(blocker.Id, held.Id);
        Assert.Empty(await worker.ClaimAsync(5));

        var second = await InsertAsync(Gated());
        Assert.Equal(JobStatus.Cancelled, (await GetAsync(first.Id)).Status);
        await worker.CompleteAsync(held);
        Assert.Equal(second.Id, (await worker.ClaimOneAsync()).Id);

        static JobRecord Gated() => Job(details: new JobDetails { IdempotencyKey = "k", OnDuplicate = OnDuplicate.Replace, ConcurrencyKey = "c" });
    }

    [Fact]
    public async Task Concurrent_callers_leave_one_pending_job()
    {
        var callers = Enumerable.Range(0, 8).Select(_ => Task.Run(() => InsertAsync(Keyed(OnDuplicate.Replace, delay: TimeSpan.FromHours(1))))).ToList();
        await Task.WhenAll(callers);

        Assert.Equal(1, await Storage.CountAsync(new JobFilter { Status = JobStatus.Pending }, Cancellation));
        Assert.Equal(7, await Storage.CountAsync(new JobFilter { Status = JobStatus.Cancelled }, Cancellation));
    }

    private static JobRecord Keyed(OnDuplicate mode = OnDuplicate.Keep, TimeSpan? window = null, TimeSpan delay = default, string payload = "1", JobPolicy? policy = null) =>
        Job(delay: delay, payload: Json(payload), policy: policy, details: new JobDetails { IdempotencyKey = "k", OnDuplicate = mode, IdempotencyWindow = window });
}
