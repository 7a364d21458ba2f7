using System.Collections.Concurrent;
using Jobs.Chaos.Tests.Processes;

namespace Jobs.Chaos.Tests;

/// <summary>What the processes said.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentBag<Report> _accepted = [];
    private readonly ConcurrentBag<(int ProcessId, Report Report)> _ran = [];
    private readonly ConcurrentBag<(int ProcessId, Report Report)> _begun = [];
    private int _refused;

    public int Accepted => _accepted.Count;

    public int Refused => _refused;

    public int Runs => _ran.Count;

    public IEnumerable<Report> AcceptedJobs => _accepted;

    public int CountAccepted(string kind) => _accepted.Count(job => job.Kind == kind);

    public int CountRuns(int processId) => _ran.Count(run => run.ProcessId == processId);

    /// <summary>Whether a process has begun a slow job and not yet said that it is done.</summary>
    public bool IsRunningSlowly(int processId) =>
        _begun.Any(begun => begun.ProcessId == processId && !_ran.Any(run => run.ProcessId == processId && run.Report.Job == begun.Report.Job));

    public void Note(ChaosProcess process, Report report)
    {
        switch (report.Event)
        {
            case "accepted":
                _accepted.Add(report);
                break;
            case "ran":
                _ran.Add((process.Id, report));
                break;
            case "begun":
                _begun.Add((process.Id, report));
                break;
            case "refused":
                Interlocked.Increment(ref _refused);
                break;
        }
    }

    public override string ToString() => $"{Accepted} accepted, {_refused} refused, {Runs} runs";
}
