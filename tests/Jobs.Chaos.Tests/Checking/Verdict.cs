using System.Text.Json;
using Jobs.Chaos.Tests.Databases;
using Xunit;

namespace Jobs.Chaos.Tests.Checking;

/// <summary>What must be true after every scenario, and the figures that came out.</summary>
internal sealed class Verdict
{
    private readonly string _unending;
    private readonly Dictionary<string, JobState> _jobs;
    private readonly ILookup<string, JobRun> _runs;
    private readonly IReadOnlyList<AuditRow> _noted;
    private readonly IReadOnlyList<AuditRow> _effects;

    private Verdict(string unending, IReadOnlyList<JobState> jobs, IReadOnlyList<JobRun> runs, IReadOnlyList<AuditRow> noted, IReadOnlyList<AuditRow> effects)
    {
        _unending = unending;
        _jobs = jobs.ToDictionary(job => job.Id);
        _runs = runs.OrderBy(run => run.Order).ToLookup(run => run.Id);
        _noted = noted;
        _effects = effects;
    }

    public int Jobs => _jobs.Count;

    public int TakenOver => Count(RunEnd.TakenOver);

    public int GivenBack => Count(RunEnd.Released);

    public int Retried => Count(RunEnd.Retry);

    /// <summary>Runs of plain jobs beyond the first: what "at least once" allows.</summary>
    public int Duplicates => _noted.Count - _noted.DistinctBy(row => row.Job).Count();

    public int Effects => _effects.Count;

    /// <summary>The runs of the jobs of a name that a process noted.</summary>
    public IEnumerable<AuditRow> RunsOf(string name) => _noted.Where(row => _jobs[row.Job].Name == name);

    public IEnumerable<JobState> JobsOf(string name) => _jobs.Values.Where(job => job.Name == name);

    /// <summary>The jobs that have not ended, with their histories: where to begin when one never does.</summary>
    public static async Task<string> DescribeUnfinishedAsync(ChaosDatabase database)
    {
        var verdict = new Verdict(string.Empty, await database.ReadJobsAsync(), await database.ReadRunsAsync(), [], []);
        return string.Concat(verdict._jobs.Values.Where(job => !job.IsFinal).Take(10).Select(job => verdict.Describe(job) + Environment.NewLine));
    }

    public static async Task<Verdict> ReachAsync(ChaosDatabase database, Ledger ledger, string unending)
    {
        Assert.Empty(await database.FindViolationsAsync());
        var verdict = new Verdict(
            unending,
            await database.ReadJobsAsync(),
            await database.ReadRunsAsync(),
            await database.ReadAuditAsync(Audit.RunTable),
            await database.ReadAuditAsync(Audit.EffectTable));
        verdict.NothingAcceptedIsLost(ledger);
        verdict.EveryJobEndedAsItShould();
        verdict.NoStaleRunWroteOverANewerOne();
        verdict.EffectsHappenedExactlyOnce();
        verdict.RunsHappenedAtLeastOnce();
        return verdict;
    }

    private void NothingAcceptedIsLost(Ledger ledger)
    {
        foreach (var accepted in ledger.AcceptedJobs)
        {
            Assert.True(_jobs.TryGetValue(accepted.Job!, out var job), $"{accepted} is lost.");
            Assert.Equal(accepted.Kind, job.Name);
        }

        // With a key, a call that was repeated because its answer was lost made no second job.
        var keyed = ledger.AcceptedJobs.Where(job => job.Number % 2 == 0).ToList();
        Assert.Equal(keyed.Count, keyed.DistinctBy(job => job.Job).Count());
    }

    private void EveryJobEndedAsItShould()
    {
        foreach (var job in _jobs.Values.Where(job => job.Name != _unending))
        {
            var (status, reason) = job.Name switch
            {
                "poisoned" => ("failed", nameof(FailureReason.HandlerError)),
                "brittle" => ("failed", nameof(FailureReason.InvalidPayload)),
                "forsaken" => ("failed", nameof(FailureReason.NoHandler)),
                _ => ("completed", null),
            };
            Assert.True(job.Status == status && job.Reason == reason, $"Not {status} {reason}: {Describe(job)}");
        }
    }

    private void NoStaleRunWroteOverANewerOne()
    {
        foreach (var job in _jobs.Values.Where(job => job.IsFinal && job.Reason != nameof(FailureReason.NoHandler)))
        {
            // One run ended the job, and it is the last one that was given it; those before lost it or failed.
            var runs = _runs[job.Id].ToList();
            Assert.True(runs.Count(IsEnd) == 1 && IsEnd(runs[^1]), $"Not ended once, by its last run: {Describe(job)}");

            // What counted was counted once.
            Assert.True(runs[^1].Number == 1 + runs.Count(run => run.End == RunEnd.Retry), $"Miscounted: {Describe(job)}");

            // The result is that run's own.
            if (job.Status == "completed")
            {
                var result = JsonSerializer.Deserialize<WorkResult>(job.Result!, JsonSerializerOptions.Web)!;
                Assert.True(result.Attempt == runs[^1].Number && job.Worker == runs[^1].Worker && IsOf(result.ProcessId, job.Worker), $"Somebody else's result: {Describe(job)}");
            }
        }

        // Tokens may repeat after a crash, fences may not: a claim is told apart from every other one of the job.
        Assert.All(_runs, runs => Assert.Distinct(runs.Select(run => run.Fence).OfType<string>()));

        static bool IsEnd(JobRun run) => run.End is RunEnd.Completed or RunEnd.Failed or RunEnd.Cancelled;
    }

    private void EffectsHappenedExactlyOnce()
    {
        var completed = _jobs.Values.Where(job => job is { Name: "transactional", Status: "completed" }).ToList();
        Assert.Equal(completed.Select(job => job.Id).Order(), _effects.Select(row => row.Job).Order());
        Assert.All(_effects, effect => Assert.True(IsOf(effect.ProcessId, _jobs[effect.Job].Worker), $"An effect of {effect.ProcessId}: {Describe(_jobs[effect.Job])}"));
    }

    private void RunsHappenedAtLeastOnce()
    {
        var noted = _noted.Select(row => (row.Job, row.Attempt, row.ProcessId)).ToHashSet();
        foreach (var job in _jobs.Values.Where(job => job is { Status: "completed", Name: not "transactional" }))
        {
            var result = JsonSerializer.Deserialize<WorkResult>(job.Result!, JsonSerializerOptions.Web)!;
            Assert.True(noted.Contains((job.Id, result.Attempt, result.ProcessId)), $"Completed without having run: {Describe(job)}");
        }
    }

    /// <summary>Whether a worker's id is of a process: the machine, the process and something random.</summary>
    private static bool IsOf(int processId, string? worker) => worker?.Contains($":{processId}:", StringComparison.Ordinal) == true;

    private int Count(RunEnd end) => _runs.Sum(runs => runs.Count(run => run.End == end));

    private string Describe(JobState job) => string.Join(Environment.NewLine, [$"{job}", .. _runs[job.Id].Select(run => $"  {run}")]);
}
