using BenchmarkDotNet.Attributes;
using Jobs.Storage;

namespace Jobs.Benchmarks.Scheduling;

/// <summary>What ten thousand schedules cost: a wake-up that finds nothing due, and the planning of a minute in which all are due.</summary>
[MemoryDiagnoser]
public class ManySchedulesBenchmark
{
    private const int Count = 10_000;
    private static readonly DateTimeOffset _now = new(2024, 5, 17, 13, 37, 0, TimeSpan.Zero);
    private readonly InMemory.InMemoryStorage _storage = new(TimeProvider.System, new InMemoryOptions());
    private Jobs.Scheduling.Schedule[] _schedules = [];

    [GlobalSetup]
    public async Task PrepareAsync()
    {
        var definition = new Jobs.Scheduling.ScheduleDefinition { Cron = "* * * * *", TimeZone = "Europe/Berlin", Queue = "default", Overlap = OverlapPolicy.Skip, CatchUp = CatchUpPolicy.Once, MaxCatchUp = 100 };
        _schedules = [.. Enumerable.Range(0, Count).Select(i => Jobs.Scheduling.ScheduleChanges.Create($"schedule-{i}", "work", definition, _now))];
        foreach (var schedule in _schedules)
        {
            var stored = schedule.Store(1) with { DueAt = DateTimeOffset.MaxValue };
            await _storage.WriteSchedulesAsync([new ScheduleWrite { Id = stored.Id, Schedule = stored }], CancellationToken.None);
        }
    }

    /// <summary>The one question of a wake-up.</summary>
    [Benchmark]
    public async Task<ScheduleReading> WakeUp() => await _storage.ReadSchedulesAsync(new ScheduleQuery { IsDue = true, Limit = 200 }, CancellationToken.None);

    /// <summary>All due at once: the decisions, the documents and the jobs, without the storage.</summary>
    [Benchmark(OperationsPerInvoke = Count)]
    public int Plan()
    {
        var runs = 0;
        foreach (var schedule in _schedules)
        {
            var plan = Jobs.Scheduling.SchedulePlanner.Advance(schedule, _now.AddMinutes(1));
            foreach (var tick in plan.Ticks)
            {
                var id = Jobs.Scheduling.ScheduleTicks.IdOf(plan.Schedule, tick);
                runs += Jobs.Scheduling.SchedulePlanner.CountRun(plan.Schedule, tick, id, _now).ToWrite([Jobs.Scheduling.ScheduleJobs.Create(plan.Schedule, id)]).Jobs.Count;
            }
        }

        return runs;
    }
}
