using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Counts per state, per name and per day; durations and waits.</summary>
public abstract class StatisticsTests : StorageTests
{
    [Fact]
    public async Task Nothing_is_counted_as_nothing()
    {
        var statistics = await Storage.GetStatisticsAsync(Cancellation);
        Assert.Equal(0, statistics.Counts.Total);
        Assert.Equal(new DurationStatistics(0, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero), statistics.Duration);
        Assert.Empty(statistics.ByName);
        Assert.Empty(statistics.ByDay);
    }

    [Fact]
    public async Task Jobs_are_counted_by_state_and_name()
    {
        var parent = (await InsertAsync(Job("b"))).Id;
        await InsertAsync(Job("b", details: new JobDetails { DependsOn = [parent] }));
        await InsertAsync("b", delay: TimeSpan.FromHours(1));
        await InsertAsync(Job("b", details: new JobDetails { ConcurrencyKey = "k" }));
        await InsertManyAsync([.. Enumerable.Range(0, 6).Select(_ => Job("a"))]);
        var worker = await StartWorkerAsync(names: ["a"]);
        var claimed = await worker.ClaimAsync(5);
        await worker.ExchangeAsync(0, claimed.Take(4).Select((c, i) => TestWorker.Outcome(c, (i % 4) switch { 0 => JobOutcomeKind.Failed, 1 => JobOutcomeKind.Cancelled, _ => JobOutcomeKind.Completed })));

        var statistics = await Storage.GetStatisticsAsync(Cancellation);

        Assert.Equal(new JobStatusCounts(4, 1, 1, 2, 1, 1), statistics.Counts);
        Assert.Equal([("a", new JobStatusCounts(1, 1, 0, 2, 1, 1)), ("b", new JobStatusCounts(3, 0, 1, 0, 0, 0))], statistics.ByName.Select(n => (n.Name, n.Counts)));
        var day = Assert.Single(statistics.ByDay);
        Assert.Equal((2, 1, 1), (day.Completed, day.Failed, day.Cancelled));
        Assert.Equal(2, statistics.ByName[0].Duration.Count);
        var now = await Harness.GetNowAsync();
        AssertBetween(now.AddMinutes(-1), now, statistics.At);
    }

    [Fact]
    public async Task Durations_and_waits_are_measured()
    {
        await InsertManyAsync([.. Enumerable.Range(0, 100).Select(_ => Job(policy: new JobPolicy { RetainCompleted = TimeSpan.FromDays(9) }))]);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(10));
        var worker = await StartWorkerAsync();
        var quick = await worker.ClaimAsync(90);
        var slow = await worker.ClaimAsync(10);
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(1));
        await worker.ExchangeAsync(0, quick.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
        await Harness.AdvanceAsync(TimeSpan.FromMinutes(99));
        await worker.ExchangeAsync(0, slow.Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));

        var statistics = await Storage.GetStatisticsAsync(Cancellation);

        Assert.Equal((100, 100), (statistics.Duration.Count, statistics.Wait.Count));
        AssertAbout(TimeSpan.FromMinutes(10.9), statistics.Duration.Mean);
        AssertAbout(TimeSpan.FromMinutes(1), statistics.Duration.P50);
        AssertAbout(TimeSpan.FromMinutes(100), statistics.Duration.P95);
        AssertAbout(TimeSpan.FromMinutes(100), statistics.Duration.P99);
        AssertAbout(TimeSpan.FromMinutes(10), statistics.Wait.Mean);
        AssertAbout(TimeSpan.FromMinutes(10), statistics.Wait.P50);
        Assert.Equal(statistics.Duration, Assert.Single(statistics.ByName).Duration);
        Assert.Equal(100, statistics.ByDay.Sum(d => d.Completed));
    }

    [Fact]
    public async Task Days_are_told_newest_first()
    {
        var worker = await StartWorkerAsync();
        for (var day = 0; day < 3; day++)
        {
            await InsertManyAsync([.. Enumerable.Range(0, day + 1).Select(_ => Job(policy: new JobPolicy { RetainCompleted = TimeSpan.FromDays(9) }))]);
            await worker.ExchangeAsync(0, (await worker.ClaimAsync(9)).Select(c => TestWorker.Outcome(c, JobOutcomeKind.Completed)));
            await Harness.AdvanceAsync(TimeSpan.FromDays(1));
            await worker.HeartbeatAsync();
        }

        var days = (await Storage.GetStatisticsAsync(Cancellation)).ByDay;

        Assert.Equal([3, 2, 1], days.Select(d => d.Completed));
        Assert.Equal(days.OrderByDescending(d => d.Day), days);
    }

    /// <summary>Within the precision of the percentiles, and what a clock that runs on adds.</summary>
    private static void AssertAbout(TimeSpan expected, TimeSpan actual) => Assert.InRange(actual, expected * 0.95, (expected * 1.05) + TimeSpan.FromSeconds(20));
}
