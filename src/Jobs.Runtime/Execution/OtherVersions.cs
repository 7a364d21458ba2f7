using System.Collections.Concurrent;
using Jobs.Hosting;
using Jobs.Telemetry;

namespace Jobs.Execution;

/// <summary>
/// Payloads that this version of the application cannot read, while workers of another version are alive that perhaps can: such a job
/// is given back for a while instead of failing. Whether the others can is seen only by their taking it, so each process waits for
/// them no longer than it would for somebody who knows an unknown name.
/// </summary>
/// <param name="runtime">The storage and the settings.</param>
/// <param name="version">This worker's version.</param>
internal sealed class OtherVersions(JobsRuntime runtime, string? version)
{
    private const int MaxRemembered = 10_000;

    /// <summary>Long enough to cost nothing, short enough for many tries.</summary>
    private static readonly TimeSpan _delay = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _askAgainAfter = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<JobId, long> _firstSeen = new();

    // One reference, so that who reads it sees an answer with its time.
    private Tuple<long, bool>? _answer;

    private TimeSpan Patience => runtime.Settings.Worker.NoHandlerGrace;

    /// <summary>For how long to give the job back; null when nobody else could read it, or has had the time to.</summary>
    public async ValueTask<TimeSpan?> LeaveAsync(JobExecution execution)
    {
        try
        {
            if (Patience == TimeSpan.Zero || !await AreThereAsync().ConfigureAwait(false))
            {
                _firstSeen.TryRemove(execution.JobId, out _);
                return null;
            }
        }
        catch (Exception exception)
        {
            // The storage that could not answer could not take the outcome either; whatever is done now is done again.
            JobsLog.VersionsUnknown(runtime.Logger, execution.JobId, execution.JobName, exception);
            return _delay;
        }

        if (!IsPatient(execution.JobId))
        {
            return null;
        }

        JobsLog.LeftToAnotherVersion(runtime.Logger, execution.JobId, execution.JobName);
        return _delay;
    }

    /// <summary>For how long to give back a job whose name the receiver does not know, while another version may be behind its address; null when that has taken too long.</summary>
    public TimeSpan? LeaveToOtherReceivers(JobExecution execution) => Patience > TimeSpan.Zero && IsPatient(execution.JobId) ? _delay : null;

    /// <summary>Whether this process has waited for others for less time than it should; otherwise it begins anew.</summary>
    private bool IsPatient(JobId id)
    {
        if (_firstSeen.Count >= MaxRemembered)
        {
            Forget(Patience);
        }

        var since = _firstSeen.GetOrAdd(id, runtime.Time.GetTimestamp());
        if (runtime.Time.GetElapsedTime(since) < Patience && _firstSeen.Count <= MaxRemembered)
        {
            return true;
        }

        _firstSeen.TryRemove(id, out _);
        return false;
    }

    private async ValueTask<bool> AreThereAsync()
    {
        if (_answer is { } answer && runtime.Time.GetElapsedTime(answer.Item1) < _askAgainAfter)
        {
            return answer.Item2;
        }

        var storage = await runtime.GetStorageAsync(CancellationToken.None).ConfigureAwait(false);
        var workers = await storage.ListWorkersAsync(CancellationToken.None).ConfigureAwait(false);
        var areThere = workers.Any(worker => worker.Version != version);
        _answer = Tuple.Create(runtime.Time.GetTimestamp(), areThere);
        return areThere;
    }

    /// <summary>What others have taken since never comes back here.</summary>
    private void Forget(TimeSpan patience)
    {
        foreach (var (id, since) in _firstSeen)
        {
            if (runtime.Time.GetElapsedTime(since) > patience + patience)
            {
                _firstSeen.TryRemove(id, out _);
            }
        }
    }
}
