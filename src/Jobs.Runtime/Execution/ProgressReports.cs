using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Jobs.Execution;

/// <summary>
/// Merges progress per job, so that a handler may report as often as it likes: stored at most four times a second, and before
/// the outcome of the attempt.
/// </summary>
internal sealed class ProgressReports : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private readonly HeldJobs _held;
    private Dictionary<JobId, ProgressReport> _pending = [];
    private volatile bool _hasPending;
    private bool _isArmed;

    public ProgressReports(TimeProvider time, HeldJobs held, Action wake, ILogger logger)
    {
        _held = held;
        _logger = logger;
        _timer = time.CreateTimer(
            _ =>
            {
                _hasPending = true;
                wake();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it is time to store reports.</summary>
    public bool HasPending => _hasPending;

    public void Report(in ProgressReport report)
    {
        lock (_gate)
        {
            _pending[report.Id] = report;
            if (!_isArmed)
            {
                _isArmed = true;
                _timer.Change(_interval, Timeout.InfiniteTimeSpan);
            }
        }
    }

    /// <summary>An attempt with reports ends: they go first.</summary>
    public void Hurry(JobId id)
    {
        if (!_isArmed)
        {
            return;
        }

        lock (_gate)
        {
            if (_pending.ContainsKey(id))
            {
                _hasPending = true;
            }
        }
    }

    public async ValueTask FlushAsync(IJobStorage storage, CancellationToken cancellationToken)
    {
        List<ProgressReport> reports;
        lock (_gate)
        {
            reports = [.. _pending.Values];
            _pending = [];
            _hasPending = false;
            _isArmed = false;
        }

        if (reports.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var id in await storage.ReportProgressAsync(reports, cancellationToken).ConfigureAwait(false))
            {
                _held.Find(id)?.Cancel(CancelCause.LeaseLost);
            }
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Progress is a courtesy: losing one report must not hold up outcomes.
            JobsLog.ProgressFailed(_logger, exception);
        }
    }

    public void Dispose() => _timer.Dispose();
}
