using System.Globalization;
using Jobs.Scheduling;
using Xunit;

namespace Jobs.Runtime.Tests.Scheduling;

/// <summary>What a schedule decides at each moment, without storage and host.</summary>
public sealed class SchedulePlannerTests
{
    private static readonly DateTimeOffset _start = Time("2024-01-01T00:00Z");

    [Theory]
    [InlineData("0 2 * * *", "Europe/Berlin")]
    [InlineData("30 2 * * *", "America/New_York")]
    [InlineData("*/30 * * * *", "Australia/Lord_Howe")]
    [InlineData("0 0 * * *", "Asia/Beirut")]
    [InlineData("0 9 LW * *", null)]
    [InlineData("@every 7h", null)]
    public void A_year_of_a_schedule_has_every_run_once(string cron, string? zone)
    {
        var definition = Definition(cron) with { TimeZone = zone };
        var schedule = Create(definition);
        var fired = new List<DateTimeOffset>();
        for (var now = _start; now < _start.AddYears(1); now = ScheduleTicks.DueAt(schedule)!.Value)
        {
            var plan = SchedulePlanner.Advance(schedule, now);
            fired.AddRange(plan.Ticks);
            schedule = plan.Schedule with { OpenJobs = [] };
        }

        var expected = CronExpression.Parse(cron).GetOccurrences(_start, TimeZones.Find(zone)).TakeWhile(t => t < _start.AddYears(1));
        Assert.Equal(expected.Select(static t => t.UtcTicks), fired.Select(static t => t.UtcTicks));
        Assert.Equal(fired.Count, fired.Select(tick => ScheduleTicks.IdOf(schedule, tick)).Distinct().Count());
    }

    [Theory]
    [InlineData(CatchUpPolicy.Skip, 0, 0)]
    [InlineData(CatchUpPolicy.Once, 1, 9)]
    [InlineData(CatchUpPolicy.All, 5, 5)]
    public void After_a_downtime_as_many_runs_as_the_policy_says_and_the_latest_ones(CatchUpPolicy policy, int runs, int first)
    {
        var schedule = Create(Definition("0 * * * *") with { CatchUp = policy, MaxCatchUp = 5, Overlap = OverlapPolicy.Allow });

        var plan = SchedulePlanner.Advance(schedule, _start.AddHours(9.5));

        Assert.Equal(Enumerable.Range(first, runs).Select(h => _start.AddHours(h)), plan.Ticks);
        Assert.Equal(_start.AddHours(10), plan.Schedule.State.NextTickAt);
        Assert.Empty(SchedulePlanner.Advance(plan.Schedule, _start.AddHours(9.5)).Ticks);
    }

    [Fact]
    public void A_run_that_is_a_little_late_is_not_a_missed_one()
    {
        var schedule = Create(Definition("0 * * * *") with { CatchUp = CatchUpPolicy.Skip });

        Assert.Equal([_start.AddHours(1)], SchedulePlanner.Advance(schedule, _start.AddHours(1).AddSeconds(50)).Ticks);
        Assert.Empty(SchedulePlanner.Advance(schedule, _start.AddHours(1).AddSeconds(70)).Ticks);
    }

    [Fact]
    public void Years_of_downtime_of_a_schedule_of_seconds_are_no_walk_over_all_of_them()
    {
        var schedule = Create(Definition("* * * * * *") with { CatchUp = CatchUpPolicy.All, MaxCatchUp = 1000, Overlap = OverlapPolicy.Allow });

        var ticks = SchedulePlanner.Advance(schedule, _start.AddYears(20)).Ticks;

        Assert.Equal(1000, ticks.Count);
        Assert.Equal(_start.AddYears(20), ticks[^1]);
        Assert.Equal(1000, SchedulePlanner.Advance(Create(Definition("@every 1s") with { CatchUp = CatchUpPolicy.All, MaxCatchUp = 1000, Overlap = OverlapPolicy.Allow }), _start.AddYears(20)).Ticks.Count);
    }

    [Fact]
    public void An_interval_keeps_its_phase_however_late_its_runs_are()
    {
        var schedule = Create(Definition("@every 90s"));
        schedule = SchedulePlanner.Advance(schedule, _start.AddSeconds(91)).Schedule;
        Assert.Equal(_start.AddSeconds(180), schedule.State.NextTickAt);

        var plan = SchedulePlanner.Advance(schedule, _start.AddSeconds(1000));

        Assert.Equal([_start.AddSeconds(990)], plan.Ticks);
        Assert.Equal(_start.AddSeconds(1080), plan.Schedule.State.NextTickAt);
    }

    [Fact]
    public void While_the_previous_job_is_unfinished_runs_are_skipped_and_counted()
    {
        var schedule = Create(Definition("0 * * * *")) with { OpenJobs = [JobId.New()] };

        var plan = SchedulePlanner.Advance(schedule, _start.AddHours(1));
        Assert.Empty(plan.Ticks);
        Assert.Equal(1, plan.Schedule.State.Skipped);

        Assert.Single(SchedulePlanner.Advance(plan.Schedule with { OpenJobs = [] }, _start.AddHours(2)).Ticks);
    }

    [Fact]
    public void One_run_waits_for_the_end_of_the_previous_one_and_further_ones_are_skipped()
    {
        var busy = Create(Definition("0 * * * *") with { Overlap = OverlapPolicy.QueueOne }) with { OpenJobs = [JobId.New()] };

        var plan = SchedulePlanner.Advance(busy, _start.AddHours(1));
        Assert.Empty(plan.Ticks);
        Assert.True(plan.Schedule.Store(1).IsWaiting);
        plan = SchedulePlanner.Advance(plan.Schedule, _start.AddHours(2));
        Assert.Empty(plan.Ticks);
        Assert.Equal(1, plan.Schedule.State.Skipped);
        Assert.Empty(SchedulePlanner.Advance(plan.Schedule, _start.AddHours(2.5)).Ticks);

        plan = SchedulePlanner.Advance(plan.Schedule with { OpenJobs = [] }, _start.AddHours(2.6));
        Assert.Equal([_start.AddHours(1)], plan.Ticks);
        Assert.False(plan.Schedule.Store(1).IsWaiting);
    }

    [Fact]
    public void Start_end_and_the_number_of_runs_are_kept()
    {
        var bounded = Create(Definition("0 * * * *") with { Start = _start.AddHours(3), End = _start.AddHours(5) });
        Assert.Equal(_start.AddHours(3), bounded.State.NextTickAt);
        var plan = SchedulePlanner.Advance(bounded, _start.AddHours(100));
        Assert.Equal([_start.AddHours(5)], plan.Ticks);
        Assert.Null(plan.Schedule.Store(1).DueAt);

        var limited = Create(Definition("0 * * * *") with { MaxRuns = 2, CatchUp = CatchUpPolicy.All, MaxCatchUp = 100, Overlap = OverlapPolicy.Allow });
        Assert.Equal(2, SchedulePlanner.Advance(limited, _start.AddHours(9)).Ticks.Count);
        limited = SchedulePlanner.CountRun(SchedulePlanner.CountRun(limited, _start, JobId.New(), _start), _start, JobId.New(), _start);
        Assert.Null(limited.Store(1).DueAt);
        Assert.Equal(_start.AddHours(3), Create(Definition("@every 1h") with { Start = _start.AddHours(3) }).State.NextTickAt);
    }

    [Fact]
    public void Jitter_delays_each_run_by_its_own_time_within_the_bound_and_alike_for_everybody()
    {
        var schedule = Create(Definition("0 * * * *") with { Jitter = "10m" });
        var delays = new HashSet<TimeSpan>();
        for (var i = 0; i < 50; i++)
        {
            var (tick, due) = (schedule.State.NextTickAt!.Value, ScheduleTicks.DueAt(schedule)!.Value);
            Assert.InRange(due - tick, TimeSpan.Zero, TimeSpan.FromMinutes(10));
            Assert.Equal(due, ScheduleTicks.DueAt(schedule));
            Assert.Empty(SchedulePlanner.Advance(schedule, due.AddMilliseconds(-1)).Ticks);
            var plan = SchedulePlanner.Advance(schedule, due);
            Assert.Equal([tick], plan.Ticks);
            delays.Add(due - tick);
            schedule = plan.Schedule;
        }

        Assert.True(delays.Count > 40);
    }

    [Fact]
    public void A_time_that_was_found_under_other_rules_of_its_zone_is_found_anew()
    {
        var schedule = Create(Definition("0 2 * * *") with { TimeZone = "Europe/Berlin" });
        var stale = schedule with { State = schedule.State with { NextTickAt = schedule.State.NextTickAt!.Value.AddHours(-1) } };

        var plan = SchedulePlanner.Advance(stale, stale.State.NextTickAt!.Value);

        Assert.Empty(plan.Ticks);
        Assert.Equal(schedule.State.NextTickAt, plan.Schedule.State.NextTickAt);
    }

    [Fact]
    public void A_document_is_read_as_it_was_written()
    {
        var definition = Definition("0 2 * * *") with { TimeZone = "Europe/Berlin", End = _start.AddYears(1), Jitter = "5s", Tags = ["a"], Metadata = new Dictionary<string, string> { ["k"] = "ü" }, Input = ScheduleRules.ToElement("{\"x\":1.50}"u8.ToArray()) };
        var schedule = Create(definition) with { OpenJobs = [JobId.New()] };

        var read = Schedule.TryRead(schedule.Store(7), out var problem);

        Assert.Null(problem);
        Assert.Equal(schedule.Store(7).Document, read!.Store(7).Document);
        Assert.Equal(schedule.State, read.State);
        Assert.Null(Schedule.TryRead(schedule.Store(7) with { Document = "{\"definition\":{}}" }, out problem));
        Assert.NotNull(problem);
    }

    private static ScheduleDefinition Definition(string cron) =>
        new() { Cron = cron, Queue = "default", Overlap = OverlapPolicy.Skip, CatchUp = CatchUpPolicy.Once, MaxCatchUp = 100 };

    private static Schedule Create(ScheduleDefinition definition) => ScheduleChanges.Create("nightly", "work", definition, _start);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
