using System.Collections.Concurrent;
using System.Text.Json;
using Jobs.InMemory;
using Jobs.Metadata;
using Jobs.Scheduling;
using Jobs.Storage;
using Jobs.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Jobs.Runtime.Tests.Scheduling;

/// <summary>Schedules in a host: the client, the management, the loop.</summary>
public sealed class ScheduleHostTests
{
    private readonly ManualTimeProvider _time = new();
    private readonly ConcurrentQueue<string> _ran = [];

    [Fact]
    public async Task A_schedule_runs_its_job_at_its_times_with_its_input()
    {
        await using var host = await StartAsync();

        var schedule = await Echo(host).ScheduleAsync("every-minute", "* * * * *", "hello", new() { Job = new() { Tags = ["t"], Priority = 3 } });
        Assert.Equal(0, schedule.NextRunAt!.Value.Second);
        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(20), () => _ran.Count >= 3, "three runs");

        var read = (await Schedules(host).GetAsync("every-minute"))!;
        Assert.True(read.Runs >= 3);
        var job = await host.Manager.GetAsync(read.LastJobId!.Value);
        Assert.Equal("every-minute", job!.ScheduleId);
        Assert.Equal(["t"], job.Tags);
        Assert.Equal(3, job.Priority);
        Assert.Equal("hello", job.Payload!.Value.GetString());
        Assert.Equal(0, read.LastTickAt!.Value.Second);
        Assert.All(_ran, static text => Assert.Equal("hello", text));
    }

    [Fact]
    public async Task The_same_again_changes_nothing_and_a_paused_one_stays_paused()
    {
        await using var host = await StartAsync();
        var first = await Echo(host).ScheduleAsync("a", "0 2 * * *", "x");
        _time.Advance(TimeSpan.FromMinutes(5));

        Assert.Equal(first.UpdatedAt, (await Echo(host).ScheduleAsync("a", "0 2 * * *", "x")).UpdatedAt);
        Assert.True(await Schedules(host).PauseAsync("a", "holidays"));
        var again = await Echo(host).ScheduleAsync("a", "0 2 * * *", "x");
        Assert.True(again.IsPaused);
        Assert.Equal("holidays", again.PausedReason);
        Assert.Null(again.NextRunAt);
        Assert.True((await Echo(host).ScheduleAsync("a", "0 3 * * *", "x")).IsPaused);

        Assert.True(await Schedules(host).ResumeAsync("a"));
        Assert.Equal(3, (await Schedules(host).GetAsync("a"))!.NextRunAt!.Value.Hour);
    }

    [Fact]
    public async Task Another_cron_takes_effect_at_once_and_fires_no_stale_run()
    {
        await using var host = await StartAsync(scheduling: static o => o.Enabled = false);
        await Echo(host).ScheduleAsync("a", "@every 1h", "x");
        _time.Advance(TimeSpan.FromHours(3.5));

        var changed = await Echo(host).ScheduleAsync("a", "@every 2h", "x");

        Assert.Equal(_time.GetUtcNow().AddHours(2), changed.NextRunAt!.Value, TimeSpan.FromSeconds(1));
        Assert.Equal(0, changed.Runs);
        var other = await Echo(host).ScheduleAsync("a", "@every 2h", "y");
        Assert.Equal(changed.NextRunAt, other.NextRunAt);
    }

    [Fact]
    public async Task A_schedule_is_edited_previewed_listed_triggered_and_removed()
    {
        await using var host = await StartAsync();
        var schedules = Schedules(host);
        await Echo(host).ScheduleAsync("b", "0 2 * * *", "x", new() { TimeZone = "Europe/Berlin" });
        await host.Client("plain").ScheduleAsync("a", "every day at 9am");

        Assert.Equal(["a", "b"], (await schedules.ListAsync()).Select(static s => s.Id));
        Assert.Equal(["b"], (await schedules.ListAsync(new() { AfterId = "a" })).Select(static s => s.Id));
        Assert.Equal(["a"], (await schedules.ListAsync(new() { JobName = "plain" })).Select(static s => s.Id));
        Assert.All((await schedules.PreviewAsync("b", 3))!, static t => Assert.Equal(2, t.Hour));
        Assert.Equal(7, schedules.Preview("@hourly", count: 7).Count);

        Assert.True(await schedules.EditAsync("b", new() { Cron = "0 4 * * *", Input = JsonSerializer.SerializeToElement("y") }));
        await Assert.ThrowsAsync<JobValidationException>(() => schedules.EditAsync("b", new() { Input = JsonSerializer.SerializeToElement(1) }).AsTask());
        await Assert.ThrowsAsync<JobException>(() => schedules.EditAsync("b", new() { Cron = "0 25 * * *" }).AsTask());
        Assert.Equal("0 4 * * *", (await schedules.GetAsync("b"))!.Cron);

        var job = (await schedules.TriggerAsync("b"))!;
        await job.WaitForCompletionAsync().SoonAsync();
        Assert.Equal(["y"], _ran);
        var read = (await schedules.GetAsync("b"))!;
        Assert.Equal(job.Id, read.LastJobId);
        Assert.Equal(1, read.Runs);

        Assert.True(await schedules.RemoveAsync("b"));
        Assert.False(await schedules.RemoveAsync("b"));
        Assert.Null(await schedules.GetAsync("b"));
        Assert.Null(await schedules.TriggerAsync("b"));
        Assert.Null(await schedules.PreviewAsync("b"));
        Assert.False(await schedules.PauseAsync("b"));
        Assert.False(await schedules.EditAsync("b", new()));
    }

    [Fact]
    public async Task What_cannot_run_is_refused_and_nothing_is_stored()
    {
        await using var host = await StartAsync(scheduling: static o => o.MinimumInterval = TimeSpan.FromMinutes(1));
        var client = Echo(host);
        var now = _time.GetUtcNow();

        await RefusedAsync(JobErrorCodes.InvalidSchedule, "hour goes", "a", "0 25 * * *", null);
        await RefusedAsync(JobErrorCodes.UnknownTimeZone, "Mars/Olympus", "a", "0 2 * * *", new() { TimeZone = "Mars/Olympus" });
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "not after its start", "a", "0 2 * * *", new() { Start = now, End = now.AddDays(-1) });
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "shortest interval", "a", "*/30 * * * * *", null);
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "shortest interval", "a", "@every 59s", null);
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "id of a schedule", "a b", "0 2 * * *", null);
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "MaxRuns", "a", "0 2 * * *", new() { MaxRuns = 0 });
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "MaxCatchUp", "a", "0 2 * * *", new() { MaxCatchUp = 0 });
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "jitter", "a", "* * * * *", new() { Jitter = "1m" });
        await RefusedAsync(JobErrorCodes.InvalidSchedule, "Job.Delay", "a", "0 2 * * *", new() { Job = new() { Delay = "1s" } });
        await RefusedAsync(JobErrorCodes.InvalidOption, "MaxAttempts", "a", "0 2 * * *", new() { Job = new() { MaxAttempts = 0 } });
        await Assert.ThrowsAsync<JobValidationException>(() => client.ScheduleAsync("a", "0 2 * * *", null!).AsTask());
        await Assert.ThrowsAsync<JobNotFoundException>(() => Schedules(host).ScheduleAsync("a", "nobody", "0 2 * * *", default).AsTask());
        Assert.Empty(await Schedules(host).ListAsync());

        async Task RefusedAsync(string code, string words, string id, string cron, ScheduleOptions? options)
        {
            var error = await Assert.ThrowsAsync<JobException>(() => client.ScheduleAsync(id, cron, "x", options).AsTask());
            Assert.Equal(code, error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_test_double_without_schedules_says_so()
    {
        var error = await Assert.ThrowsAsync<JobException>(() => new Double().ScheduleAsync("a", "0 2 * * *").AsTask());
        Assert.Equal(JobErrorCodes.NotSupported, error.Code);
    }

    [Fact]
    public async Task RunImmediately_runs_once_when_the_schedule_is_created_and_a_disabled_one_waits()
    {
        await using var host = await StartAsync();

        await Echo(host).ScheduleAsync("a", "0 2 1 1 *", "now", new() { RunImmediately = true });
        await Echo(host).ScheduleAsync("a", "0 3 1 1 *", "now", new() { RunImmediately = true });
        await TestHost.EventuallyAsync(() => _ran.Count == 1, "the first run");
        Assert.Equal(1, (await Schedules(host).GetAsync("a"))!.Runs);

        Assert.True((await Echo(host).ScheduleAsync("b", "* * * * *", "off", new() { Enabled = false })).IsPaused);
        Assert.False((await Echo(host).ScheduleAsync("b", "* * * * *", "off")).IsPaused);
    }

    [Fact]
    public async Task A_waiting_run_starts_when_the_previous_one_has_ended()
    {
        var release = new SemaphoreSlim(0);
        var started = 0;
        await using var host = await StartAsync(jobs => jobs.Add<string>("slow", async (_, _, token) =>
        {
            Interlocked.Increment(ref started);
            await release.WaitAsync(token);
        }));
        await host.Client<string>("slow").ScheduleAsync("a", "* * * * *", "x", new() { Overlap = OverlapPolicy.QueueOne });
        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(10), () => started == 1, "the first run");
        JobSchedule? read = null;
        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(10), () => (read = Schedules(host).GetAsync("a").AsTask().Result) is { WaitingTickAt: not null, Skipped: > 1 }, "a waiting run and skipped ones");
        Assert.Equal(1, read!.Runs);
        Assert.Equal(1, started);

        release.Release();

        await TestHost.EventuallyAsync(() => started == 2, "the waiting run");
        release.Release(100);
    }

    [Fact]
    public async Task Overlapping_runs_are_skipped_as_long_as_the_previous_one_is_unfinished()
    {
        var release = new SemaphoreSlim(0);
        var running = 0;
        var most = 0;
        var started = 0;
        await using var host = await StartAsync(jobs => jobs.Add<string>("slow", async (_, _, token) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            Interlocked.Increment(ref started);
            await release.WaitAsync(token);
            Interlocked.Decrement(ref running);
        }));
        await host.Client<string>("slow").ScheduleAsync("a", "* * * * *", "x");
        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(30), () => Schedules(host).GetAsync("a").AsTask().Result!.Skipped >= 3, "three skipped runs");
        Assert.Equal(1, started);
        release.Release();
        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(30), () => started == 2, "the next run");
        Assert.Equal(1, most);
        release.Release(100);
    }

    [Fact]
    public async Task Two_hosts_on_one_storage_fire_each_run_once()
    {
        var storage = new InMemoryStorage(_time, new InMemoryOptions());
        await using var one = await StartAsync(storage: storage);
        await using var two = await StartAsync(storage: storage);
        for (var i = 0; i < 10; i++)
            await Echo(one).ScheduleAsync($"s{i}", "* * * * *", "x", new() { Overlap = OverlapPolicy.Allow, CatchUp = CatchUpPolicy.All });

        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(30), () => _ran.Count >= 100, "a hundred runs");

        var jobs = new List<JobSnapshot>();
        for (string? cursor = null; ;)
        {
            var page = await one.Manager.ListAsync(new() { Limit = 1000, Cursor = cursor });
            jobs.AddRange(page.Jobs);
            if ((cursor = page.NextCursor) is null)
                break;
        }

        foreach (var group in jobs.GroupBy(static job => job.ScheduleId))
        {
            // Without a gap and without a double: as many jobs as minutes between the first and the last.
            var schedule = (await Schedules(one).GetAsync(group.Key!))!;
            Assert.InRange(group.Count(), schedule.Runs - 1, schedule.Runs);
        }
    }

    [Fact]
    public async Task Declared_schedules_are_stored_at_start_and_vanished_ones_are_paused_and_come_back()
    {
        var storage = new InMemoryStorage(_time, new InMemoryOptions());
        JobScheduleDeclaration<string> nightly = new() { Id = "nightly", Cron = "0 2 * * *", TimeZone = "Europe/Berlin", Overlap = OverlapPolicy.QueueOne, Input = static () => "declared" };
        await using (var host = await StartAsync(storage: storage, declared: [nightly]))
        {
            var schedule = (await Schedules(host).GetAsync("nightly"))!;
            Assert.NotNull(schedule.DeclaredBy);
            Assert.Equal(OverlapPolicy.QueueOne, schedule.Overlap);
            Assert.Equal("declared", schedule.Input!.Value.GetString());
        }

        await using (var host = await StartAsync(storage: storage))
        {
            Assert.Contains("declares it no more", (await Schedules(host).GetAsync("nightly"))!.PausedReason, StringComparison.Ordinal);
            Assert.Contains(host.Logs.Lines, static line => line.Level == LogLevel.Warning && line.Text.Contains("nightly", StringComparison.Ordinal));
        }

        await using (var host = await StartAsync(storage: storage, declared: [nightly]))
            Assert.False((await Schedules(host).GetAsync("nightly"))!.IsPaused);

        await using (var host = await StartAsync(storage: storage, scheduling: static o => o.Vanished = VanishedSchedules.Keep))
            Assert.False((await Schedules(host).GetAsync("nightly"))!.IsPaused);

        await using (var host = await StartAsync(storage: storage, scheduling: static o => o.Vanished = VanishedSchedules.Remove))
            Assert.Null(await Schedules(host).GetAsync("nightly"));
    }

    [Fact]
    public async Task A_declared_schedule_that_cannot_be_stops_the_start()
    {
        await RefusedAsync("cannot be made without arguments", new JobScheduleDeclaration<string> { Id = "a", Cron = "0 2 * * *" });
        await RefusedAsync("hour goes", new JobScheduleDeclaration<string> { Id = "a", Cron = "0 25 * * *", Input = static () => "x" });
        await RefusedAsync("Mars", new JobScheduleDeclaration<string> { Id = "a", Cron = "0 2 * * *", TimeZone = "Mars", Input = static () => "x" });
        await RefusedAsync("not a duration", new JobScheduleDeclaration<string> { Id = "a", Cron = "0 2 * * *", Jitter = "soon", Input = static () => "x" });
        await RefusedAsync("required", new JobScheduleDeclaration<string> { Id = "a", Cron = "0 2 * * *", Input = static () => null! });
        var twice = new JobScheduleDeclaration<string> { Id = "a", Cron = "0 2 * * *", Input = static () => "x" };
        await RefusedAsync("same id", twice, twice);

        async Task RefusedAsync(string words, params JobScheduleDeclaration<string>[] declared)
        {
            var error = await Assert.ThrowsAsync<JobException>(() => StartAsync(declared: declared));
            Assert.Equal(JobErrorCodes.Configuration, error.Code);
            Assert.Contains(words, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_zone_whose_rules_changed_is_counted_anew_at_start()
    {
        var storage = new InMemoryStorage(_time, new InMemoryOptions());
        await using (var host = await StartAsync(storage: storage))
            await Echo(host).ScheduleAsync("a", "0 2 * * *", "x", new() { TimeZone = "Europe/Berlin" });

        var stored = (await storage.ReadSchedulesAsync(new ScheduleQuery { Id = "a" }, default)).Schedules[0];
        var right = Schedule.TryRead(stored, out _)!;
        var wrong = right with { State = right.State with { NextTickAt = right.State.NextTickAt!.Value.AddHours(1) } };
        Assert.True((await storage.WriteSchedulesAsync([wrong.ToWrite()], default))[0]);

        await using (var host = await StartAsync(storage: storage))
            Assert.Equal(right.State.NextTickAt, (await Schedules(host).GetAsync("a"))!.NextRunAt);
    }

    [Fact]
    public async Task What_was_stored_long_ago_and_cannot_run_any_more_is_paused_with_the_reason_and_holds_up_no_other()
    {
        var storage = new InMemoryStorage(_time, new InMemoryOptions());
        await using (var host = await StartAsync(storage: storage, scheduling: static o => o.Enabled = false))
        {
            foreach (var id in new[] { "cron", "zone", "document", "good" })
                await Echo(host).ScheduleAsync(id, "* * * * *", id);
        }

        await BreakAsync("cron", static schedule => schedule with { Definition = schedule.Definition with { Cron = "no cron" } });
        await BreakAsync("zone", static schedule => schedule with { Definition = schedule.Definition with { TimeZone = "Mars/Olympus" } });
        var document = (await storage.ReadSchedulesAsync(new ScheduleQuery { Id = "document" }, default)).Schedules[0];
        await storage.WriteSchedulesAsync([new ScheduleWrite { Id = "document", ExpectedVersion = document.Version, Schedule = document with { Version = 1, Document = "{" } }], default);

        await using (var host = await StartAsync(storage: storage))
        {
            await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(20), () => _ran.Contains("good"), "the good one");
            foreach (var (id, words) in new[] { ("cron", "no cron"), ("zone", "Mars/Olympus"), ("document", "cannot be read") })
            {
                JobSchedule? read = null;
                await TestHost.EventuallyAsync(() => (read = Schedules(host).GetAsync(id).AsTask().Result) is { PausedReason: not null }, id);
                Assert.True(read!.IsPaused);
                Assert.Contains(words, read.PausedReason, StringComparison.Ordinal);
            }

            Assert.False((await Echo(host).ScheduleAsync("cron", "0 2 * * *", "x")).IsPaused);
            Assert.False((await Echo(host).ScheduleAsync("document", "0 2 * * *", "x")).IsPaused);
        }

        async Task BreakAsync(string id, Func<Schedule, Schedule> change)
        {
            var stored = (await storage.ReadSchedulesAsync(new ScheduleQuery { Id = id }, default)).Schedules[0];
            var broken = change(Schedule.TryRead(stored, out _)!);
            var write = broken.ToWrite();
            Assert.True((await storage.WriteSchedulesAsync([write with { Schedule = write.Schedule! with { DueAt = stored.DueAt } }], default))[0]);
        }
    }

    [Fact]
    public async Task A_failing_storage_is_asked_again()
    {
        await using var host = await StartAsync();
        await Echo(host).ScheduleAsync("a", "* * * * *", "x");
        var failures = 5;
        host.Storage.Before = name => name is "ReadSchedulesAsync" or "WriteSchedulesAsync" && Interlocked.Decrement(ref failures) >= 0 ? throw new IOException("Away.") : Task.CompletedTask;

        await TestHost.AdvanceUntilAsync(_time, TimeSpan.FromSeconds(10), () => _ran.Count >= 2, "runs in spite of failures");
        Assert.True(failures < 0);
    }

    private static IJobSchedules Schedules(TestHost host) => host.Services.GetRequiredService<IJobSchedules>();

    private static IJobClient<string> Echo(TestHost host) => host.Client<string>("echo");

    private Task<TestHost> StartAsync(
        Func<TestAssembly, TestAssembly>? jobs = null,
        Action<SchedulingOptions>? scheduling = null,
        InMemoryStorage? storage = null,
        JobScheduleDeclaration<string>[]? declared = null)
    {
        var echo = new JobDescriptor<string, JobVoid>
        {
            Name = "echo",
            HandlerType = typeof(ScheduleHostTests),
            Schedules = declared ?? [],
            InputJson = static options => (System.Text.Json.Serialization.Metadata.JsonTypeInfo<string>)options.GetTypeInfo(typeof(string)),
            Invoke = (input, _, _) =>
            {
                _ran.Enqueue(input);
                return default;
            },
        };
        var assembly = new TestAssembly().Add(echo).Add("plain", (_, _) => Task.CompletedTask);
        return TestHost.StartAsync(
            jobs?.Invoke(assembly) ?? assembly,
            configure: options => options.Schedules(scheduling ?? (static _ => { })),
            time: _time,
            storage: storage is null ? null : new FaultyStorage(storage));
    }

    private sealed class Double : IJobClient
    {
        public string Name => "double";

        public ValueTask<JobHandle> EnqueueAsync(EnqueueOptions? options = null, CancellationToken cancellationToken = default) => throw new NotSupportedException();

        public ValueTask<JobHandle?> GetAsync(JobId id, CancellationToken cancellationToken = default) => throw new NotSupportedException();
    }
}
