using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Tenants that take turns, and jobs that go in last and out first.</summary>
public abstract class TurnTests : StorageTests
{
    [Fact]
    public async Task Tenants_take_turns_however_much_each_has_waiting()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 8).Select(_ => Of("large"))]);
        await InsertManyAsync(Of("small"), Of("small"), Of("other"));
        var worker = await StartWorkerAsync();

        var tenants = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var job = await worker.ClaimOneAsync();
            tenants.Add(job.Record.Details!.FairnessKey!);
            await worker.CompleteAsync(job);
        }

        Assert.Equal(2, tenants.Count(t => t == "small"));
        Assert.Single(tenants, t => t == "other");
        Assert.Equal(3, tenants.Take(3).Distinct().Count());
        Assert.NotEqual(tenants[3], tenants[4]);
    }

    [Fact]
    public async Task Tenants_take_turns_within_one_claim()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 20).Select(_ => Of("large"))]);
        await InsertManyAsync(Of("a"), Of("b"), Of("a"));
        var worker = await StartWorkerAsync();

        var tenants = (await worker.ClaimAsync(5)).Select(j => j.Record.Details!.FairnessKey).ToList();
        Assert.Equal(["a", "b", "large"], tenants.Take(3).Order());
        Assert.Equal(["a", "large"], tenants.Skip(3).Order());
    }

    [Fact]
    public async Task A_tenant_that_always_has_one_more_job_does_not_go_first_for_ever()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 10).Select(_ => Of("large"))]);
        await InsertAsync(Of("busy"));
        var worker = await StartWorkerAsync();
        var served = new List<string>();
        for (var i = 0; i < 10; i++)
        {
            var job = await worker.ClaimOneAsync();
            served.Add(job.Record.Details!.FairnessKey!);
            await worker.CompleteAsync(job);
            if (served[^1] == "busy")
                await InsertAsync(Of("busy"));
        }

        Assert.InRange(served.Count(t => t == "large"), 4, 6);
    }

    [Fact]
    public async Task Priority_comes_before_turns()
    {
        await InsertManyAsync(Of("a"), Of("a", 5), Of("a", 5), Of("b"));
        var worker = await StartWorkerAsync();

        Assert.Equal([("a", 5), ("a", 5)], (await worker.ClaimAsync(2)).Select(j => (j.Record.Details!.FairnessKey!, j.Record.Priority)));
    }

    [Fact]
    public async Task Jobs_with_and_without_a_tenant_hold_each_other_up_in_no_way()
    {
        var first = await InsertAsync();
        await InsertManyAsync([.. Enumerable.Range(0, 5).Select(_ => Of("a"))]);
        var last = await InsertAsync();
        var worker = await StartWorkerAsync();

        var claimed = await worker.ClaimAsync(10);
        Assert.Equal(7, claimed.Count);
        Assert.Equal((first, last), (claimed[0].Id, claimed[^1].Id));
    }

    [Fact]
    public async Task What_goes_in_last_comes_out_first_within_its_priority()
    {
        var oldest = await InsertAsync();
        var stacked = new List<JobId>();
        for (var i = 0; i < 3; i++)
            stacked.Add((await InsertAsync(Job(details: new JobDetails { Lifo = true }))).Id);

        var high = await InsertAsync(priority: 1);
        var late = await InsertAsync();
        var worker = await StartWorkerAsync();
        var order = new List<JobId>();
        for (var i = 0; i < 6; i++)
            order.Add((await worker.ClaimOneAsync()).Id);

        Assert.Equal([high, stacked[2], stacked[1], stacked[0], oldest, late], order);
    }

    [Fact]
    public async Task Turns_and_concurrency_keys_hold_together()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 6).Select(i => Job(details: new JobDetails { FairnessKey = i < 4 ? "a" : "b", ConcurrencyKey = $"k{i % 2}" }))]);
        var worker = await StartWorkerAsync();

        var claimed = await worker.ClaimAsync(10);
        Assert.Equal(["k0", "k1"], claimed.Select(j => j.Record.Details!.ConcurrencyKey!).Order());
        Assert.Equal(["a", "b"], (await ServeAsync()).Distinct().Order());

        // However a claim deals with both at once: each tenant has had a turn by the second round.
        async Task<List<string>> ServeAsync()
        {
            var exchange = await worker.ExchangeAsync(10, claimed.Select(j => TestWorker.Outcome(j, JobOutcomeKind.Completed)));
            return [.. claimed.Concat(exchange.Claimed).Select(j => j.Record.Details!.FairnessKey!)];
        }
    }

    private static JobRecord Of(string tenant, int priority = 0) => Job(priority: priority, details: new JobDetails { FairnessKey = tenant });
}
