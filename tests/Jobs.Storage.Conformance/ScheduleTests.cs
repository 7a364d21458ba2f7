using Xunit;

namespace Jobs.Storage.Conformance;

/// <summary>Schedules: conditional writes that take their jobs with them, and the reading of what is due.</summary>
public abstract class ScheduleTests : StorageTests
{
    /// <summary>What was written is read back, by id and in lists.</summary>
    [Fact]
    public async Task A_schedule_is_read_as_it_was_written()
    {
        var schedule = Schedule("nightly", 7, due: await InAsync(5)) with { Document = "{\"cron\":\"0 2 * * *\",\"text\":\"Überall – 🕑\"}" };

        Assert.True(await WriteAsync(Create(schedule)));

        var read = Assert.Single((await ReadAsync(new ScheduleQuery { Id = "nightly" })).Schedules);
        Assert.Equal(schedule with { OpenJobs = [] }, read with { OpenJobs = [] });
        Assert.Empty(read.OpenJobs);
        Assert.Empty((await ReadAsync(new ScheduleQuery { Id = "Nightly" })).Schedules);
    }

    /// <summary>A write needs the version that it read, and a new schedule that there is none.</summary>
    [Fact]
    public async Task A_write_happens_only_under_the_version_that_it_expects()
    {
        Assert.True(await WriteAsync(Create(Schedule("a", 1))));
        Assert.False(await WriteAsync(Create(Schedule("a", 2))));
        Assert.False(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 2, Schedule = Schedule("a", 3), Jobs = [Tick("a", "x")] }));
        Assert.False(await WriteAsync(new ScheduleWrite { Id = "b", ExpectedVersion = 1, Schedule = Schedule("b", 2), Jobs = [Tick("b", "x")] }));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));

        Assert.True(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 1, Schedule = Schedule("a", 2) with { Document = "{}" } }));
        Assert.False(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 1 }));
        Assert.Equal("{}", Assert.Single((await ReadAsync(new ScheduleQuery { Id = "a" })).Schedules).Document);
        Assert.True(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 2 }));
        Assert.Empty((await ReadAsync(new ScheduleQuery())).Schedules);
        Assert.True(await WriteAsync(Create(Schedule("a", 9))));
    }

    /// <summary>The change and the jobs are one step; the jobs say whose they are.</summary>
    [Fact]
    public async Task A_tick_stores_its_job_with_the_change_and_the_job_names_its_schedule()
    {
        await WriteAsync(Create(Schedule("a", 1, due: await InAsync(0))));
        var tick = Tick("a", "2024-01-01");

        Assert.True(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 1, Schedule = Schedule("a", 2, due: await InAsync(60)) with { OpenJobs = [tick.Details!.Id!.Value] }, Jobs = [tick] }));

        var job = await GetAsync(tick.Details!.Id!.Value);
        Assert.Equal("a", job.ScheduleId);
        Assert.Equal(JobStatus.Pending, job.Status);
        Assert.Equal([job.Id], (await Storage.ListAsync(new JobFilter { ScheduleId = "a" }, Cancellation)).Jobs.Select(static j => j.Id));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter { ScheduleId = "b" }, Cancellation));
        Assert.Null((await GetAsync(await InsertAsync())).ScheduleId);
        var worker = await StartWorkerAsync();
        Assert.Equal(job.Id, (await worker.ClaimOneAsync()).Id);
    }

    /// <summary>The same id of a job is the same tick, however often it is fired.</summary>
    [Fact]
    public async Task The_same_tick_is_never_two_jobs()
    {
        await WriteAsync(Create(Schedule("a", 1)));
        Assert.True(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 1, Schedule = Schedule("a", 2), Jobs = [Tick("a", "x")] }));
        Assert.True(await WriteAsync(new ScheduleWrite { Id = "a", ExpectedVersion = 2, Schedule = Schedule("a", 3), Jobs = [Tick("a", "x"), Tick("a", "y")] }));

        Assert.Equal(2, await Storage.CountAsync(new JobFilter { ScheduleId = "a" }, Cancellation));
    }

    /// <summary>A job whose id belongs to another name undoes everything of the call.</summary>
    [Fact]
    public async Task A_conflict_of_ids_leaves_everything_as_it_was()
    {
        await WriteAsync(Create(Schedule("a", 1)));
        await InsertAsync(Job("other", details: Tick("a", "x").Details));

        await Assert.ThrowsAsync<JobConflictException>(() => Storage.WriteSchedulesAsync(
            [new ScheduleWrite { Id = "a", ExpectedVersion = 1, Schedule = Schedule("a", 2), Jobs = [Tick("a", "y"), Tick("a", "x")] }], Cancellation).AsTask());

        Assert.Equal(1, Assert.Single((await ReadAsync(new ScheduleQuery { Id = "a" })).Schedules).Version);
        Assert.Equal(1, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    /// <summary>What is due comes by due time; the rest says when it will be.</summary>
    [Fact]
    public async Task What_is_due_is_found_and_the_next_due_time_is_told()
    {
        foreach (var (id, seconds) in new[] { ("later", 60), ("second", -5), ("first", -10), ("soon", 30) })
            await WriteAsync(Create(Schedule(id, 1, due: await InAsync(seconds))));

        await WriteAsync(Create(Schedule("paused", 1)));

        var reading = await ReadAsync(new ScheduleQuery { IsDue = true });
        Assert.Equal(["first", "second"], reading.Schedules.Select(static s => s.Id));
        Assert.InRange(reading.NextDueIn!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        AssertBetween(await Harness.GetNowAsync() - TimeSpan.FromMinutes(1), await Harness.GetNowAsync(), reading.Now);
        Assert.Equal(["first"], (await ReadAsync(new ScheduleQuery { IsDue = true, Limit = 1 })).Schedules.Select(static s => s.Id));

        await Harness.AdvanceAsync(TimeSpan.FromSeconds(31));
        Assert.Equal(["first", "second", "soon"], (await ReadAsync(new ScheduleQuery { IsDue = true })).Schedules.Select(static s => s.Id));
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(31));
        reading = await ReadAsync(new ScheduleQuery { IsDue = true });
        Assert.Equal(4, reading.Schedules.Count);
        Assert.Null(reading.NextDueIn);
    }

    /// <summary>A schedule with a waiting tick is looked at whatever its due time.</summary>
    [Fact]
    public async Task What_waits_for_a_job_is_found_with_those_that_are_unfinished()
    {
        var worker = await StartWorkerAsync();
        var (first, second) = (Tick("a", "1"), Tick("a", "2"));
        JobId[] open = [first.Details!.Id!.Value, second.Details!.Id!.Value, JobId.New()];
        await WriteAsync(Create(Schedule("a", 1, due: await InAsync(-1))) with { Jobs = [first, second], Schedule = Schedule("a", 1, due: await InAsync(-1)) with { IsWaiting = true, OpenJobs = open } });
        await WriteAsync(Create(Schedule("b", 1, due: await InAsync(-1))));

        var reading = await ReadAsync(new ScheduleQuery { IsDue = true });
        Assert.Equal(["a", "b"], reading.Schedules.Select(static s => s.Id).Order());
        Assert.Equal(open[..2], reading.Schedules.Single(static s => s.Id == "a").OpenJobs);

        var claimed = await worker.ClaimOneAsync();
        await worker.CompleteAsync(claimed);
        Assert.Equal(open[..2].Where(id => id != claimed.Id), (await ReadAsync(new ScheduleQuery { IsDue = true })).Schedules.Single(static s => s.Id == "a").OpenJobs);

        // A retry is not an end.
        claimed = await worker.ClaimOneAsync();
        await worker.EndAsync(claimed, JobOutcomeKind.Retry, TimeSpan.FromDays(1));
        Assert.Equal([claimed.Id], (await ReadAsync(new ScheduleQuery { Id = "a" })).Schedules[0].OpenJobs);
        await Storage.CancelAsync(claimed.Id, Cancellation);
        Assert.Empty((await ReadAsync(new ScheduleQuery { Id = "a" })).Schedules[0].OpenJobs);
    }

    /// <summary>Who was paused between reading and writing has to read again.</summary>
    [Fact]
    public async Task A_write_that_comes_too_late_does_not_happen()
    {
        await WriteAsync(Create(Schedule("a", 1, due: await InAsync(0))));
        var late = new ScheduleWrite { Id = "a", ExpectedVersion = 1, Schedule = Schedule("a", 2), Jobs = [Tick("a", "x")], NotAfter = await InAsync(30) };
        await Harness.AdvanceAsync(TimeSpan.FromSeconds(31));

        Assert.False(await WriteAsync(late));
        Assert.Equal(0, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.True(await WriteAsync(late with { NotAfter = await InAsync(30) }));
    }

    /// <summary>Each write stands for itself.</summary>
    [Fact]
    public async Task Of_many_writes_those_with_the_right_version_happen()
    {
        for (var i = 0; i < 10; i++)
            await WriteAsync(Create(Schedule($"s{i}", i)));

        var written = await Storage.WriteSchedulesAsync(
            [.. Enumerable.Range(0, 10).Reverse().Select(i => new ScheduleWrite { Id = $"s{i}", ExpectedVersion = i % 2 == 0 ? i : 99, Schedule = Schedule($"s{i}", 100), Jobs = [Tick($"s{i}", "x")] })],
            Cancellation);

        Assert.Equal(Enumerable.Range(0, 10).Reverse().Select(static i => i % 2 == 0), written);
        Assert.Equal(5, await Storage.CountAsync(new JobFilter(), Cancellation));
        Assert.Empty(await Storage.WriteSchedulesAsync([], Cancellation));
    }

    /// <summary>Any number of machines fire, one wins.</summary>
    [Fact]
    public async Task Of_concurrent_writers_one_wins_each_version()
    {
        await WriteAsync(Create(Schedule("a", 0)));
        await WriteAsync(Create(Schedule("b", 0)));

        for (var version = 0; version < 10; version++)
        {
            var expected = version;
            var wins = await Task.WhenAll(Enumerable.Range(0, 8).Select(racer => Task.Run(async () =>
            {
                string[] ids = racer % 2 == 0 ? ["a", "b"] : ["b", "a"];
                return await Storage.WriteSchedulesAsync(
                    [.. ids.Select(id => new ScheduleWrite { Id = id, ExpectedVersion = expected, Schedule = Schedule(id, expected + 1), Jobs = [Tick(id, $"{expected} by {racer}")] })], Cancellation);
            })));
            Assert.Equal(2, wins.Sum(static written => written.Count(static w => w)));
        }

        Assert.Equal(20, await Storage.CountAsync(new JobFilter(), Cancellation));
    }

    /// <summary>
    /// A year of nightly runs, moved on by two machines that both find the same run due: each run is one job, also where the clock
    /// changes, and the storage's clock alone says when.
    /// </summary>
    [Fact]
    public async Task A_year_of_a_schedule_has_each_run_once_through_the_changes_of_the_clock()
    {
        var berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");
        var cron = CronExpression.Parse("30 2 * * *");
        var begin = await Harness.GetNowAsync();
        var first = cron.GetNextOccurrence(begin, berlin)!.Value;
        await WriteAsync(Create(Schedule("nightly", 0, due: first)));
        var expected = cron.GetOccurrences(begin, berlin).TakeWhile(time => time < begin.AddYears(1)).ToList();
        foreach (var run in expected)
        {
            await Harness.AdvanceAsync(TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling((run - await Harness.GetNowAsync()).TotalMilliseconds))));
            var readings = new[] { await ReadAsync(new ScheduleQuery { IsDue = true }), await ReadAsync(new ScheduleQuery { IsDue = true }) };
            var won = 0;
            foreach (var reading in readings)
            {
                var due = Assert.Single(reading.Schedules);
                Assert.Equal(run.UtcTicks, due.DueAt!.Value.UtcTicks);
                var next = Schedule("nightly", due.Version + 1, due: cron.GetNextOccurrence(due.DueAt.Value, berlin)!.Value);
                won += await WriteAsync(new ScheduleWrite { Id = "nightly", ExpectedVersion = due.Version, Schedule = next, Jobs = [Tick("nightly", $"{due.DueAt.Value.UtcTicks}")] }) ? 1 : 0;
            }

            Assert.Equal(1, won);
            Assert.Empty((await ReadAsync(new ScheduleQuery { IsDue = true })).Schedules);
        }

        Assert.InRange(expected.Count, 364, 366);
        Assert.Equal(expected.Count, await Storage.CountAsync(new JobFilter { ScheduleId = "nightly" }, Cancellation));
    }

    /// <summary>Lists go by id and by pages.</summary>
    [Fact]
    public async Task Schedules_are_listed_by_id_by_job_and_in_pages()
    {
        foreach (var id in new[] { "b", "a", "Z", "ä", "c" })
            await WriteAsync(Create(Schedule(id, 1, name: id == "c" ? "other" : "work")));

        Assert.Equal(["Z", "a", "b", "c", "ä"], (await ReadAsync(new ScheduleQuery())).Schedules.Select(static s => s.Id));
        Assert.Equal(["Z", "a"], (await ReadAsync(new ScheduleQuery { Limit = 2 })).Schedules.Select(static s => s.Id));
        Assert.Equal(["b", "c", "ä"], (await ReadAsync(new ScheduleQuery { AfterId = "a" })).Schedules.Select(static s => s.Id));
        Assert.Equal(["c"], (await ReadAsync(new ScheduleQuery { JobName = "other" })).Schedules.Select(static s => s.Id));
    }

    /// <summary>Schedules survive as long as jobs do.</summary>
    [Fact]
    public async Task Schedules_survive_closing_and_opening_again()
    {
        Assert.SkipUnless(Storage.Capabilities.IsDurable, "The storage is not durable.");
        await WriteAsync(Create(Schedule("a", 1, due: await InAsync(0))));
        await ReopenAsync();

        Assert.Single((await ReadAsync(new ScheduleQuery { IsDue = true })).Schedules);
    }

    private static StoredSchedule Schedule(string id, long version, DateTimeOffset? due = null, string name = "work") =>
        new() { Id = id, Version = version, JobName = name, Document = "{\"a\":1}", DueAt = due };

    private static ScheduleWrite Create(StoredSchedule schedule) => new() { Id = schedule.Id, Schedule = schedule };

    private static JobRecord Tick(string schedule, string at) => Job(details: new JobDetails { Id = JobId.From($"{schedule}:{at}"), ScheduleId = schedule });

    /// <summary>A time of the storage, to the millisecond.</summary>
    private async Task<DateTimeOffset> InAsync(int seconds) =>
        DateTimeOffset.FromUnixTimeMilliseconds((await Harness.GetNowAsync()).ToUnixTimeMilliseconds()).AddSeconds(seconds);

    private async Task<bool> WriteAsync(ScheduleWrite write) => Assert.Single(await Storage.WriteSchedulesAsync([write], Cancellation));

    private async Task<ScheduleReading> ReadAsync(ScheduleQuery query) => await Storage.ReadSchedulesAsync(query, Cancellation);
}
