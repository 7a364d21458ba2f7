using Jobs.Logs;
using Jobs.Storage;
using Jobs.Telemetry;
using Microsoft.Extensions.Logging;

namespace Jobs.Execution;

/// <summary>
/// Merges progress per job and gathers log lines, so that a handler may report and write as often as it likes: stored at most four
/// times a second, and before the outcome of the attempt.
/// </summary>
internal sealed class ProgressReports : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _flushing = new(1);
    private readonly ITimer _timer;
    private readonly ILogger _logger;
    private readonly HeldJobs _held;
    private readonly JobLogBuffer _logs;
    private readonly Action _wake;
    private Dictionary<JobId, ProgressReport> _pending = [];
    private volatile bool _isDue;
    private volatile bool _isFlushing;
    private bool _isArmed;

    public ProgressReports(TimeProvider time, HeldJobs held, JobLogBuffer logs, Action wake, ILogger logger)
    {
        _held = held;
        _logs = logs;
        _logs.Filled = OnLinesWaiting;
        _wake = wake;
        _logger = logger;
        _timer = time.CreateTimer(static state => ((ProgressReports)state!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether it is time to store reports.</summary>
    public bool IsDue => _isDue;

    /// <summary>Whether it is time to store reports, or somebody is storing some.</summary>
    public bool IsUnstored => _isDue || _isFlushing;

    public void Report(in ProgressReport report)
    {
        lock (_gate)
        {
            _pending[report.Id] = report;
            Arm();
        }
    }

    /// <summary>An attempt with reports ends: they go first.</summary>
    public void Hurry(JobId id)
    {
        if (!Volatile.Read(ref _isArmed))
        {
            return;
        }

        lock (_gate)
        {
            _isDue |= _pending.ContainsKey(id) || _logs.Has(id);
        }
    }

    /// <summary>Stores what has been reported. When it returns, everything reported before the call is stored or its lease is lost.</summary>
    public async ValueTask FlushAsync(IJobStorage storage, CancellationToken cancellationToken)
    {
        await _flushing.WaitAsync(cancellationToken).ConfigureAwait(false);
        Dictionary<JobId, ProgressReport>? reports = null;
        try
        {
            reports = TakePending();
            await StoreLinesAsync(storage, cancellationToken).ConfigureAwait(false);
            if (reports.Count > 0)
            {
                foreach (var id in await storage.ReportProgressAsync([.. reports.Values], cancellationToken).ConfigureAwait(false))
                {
                    _held.Cancel(id, CancelCause.LeaseLost, reports[id].Lease);
                }
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // Progress is a courtesy: it must not hold up outcomes.
            JobsLog.ProgressFailed(_logger, exception);
            PutBack(reports);
        }
        finally
        {
            _isFlushing = false;
            _flushing.Release();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        _flushing.Dispose();
    }

    private async ValueTask StoreLinesAsync(IJobStorage storage, CancellationToken cancellationToken)
    {
        var (lines, lost) = _logs.Take();
        if (lost > 0)
        {
            JobsLog.LinesLost(_logger, lost);
        }

        if (lines.Count == 0)
        {
            return;
        }

        try
        {
            foreach (var refused in await storage.AppendLogsAsync(lines, _logs.Options.MaxLines, cancellationToken).ConfigureAwait(false))
            {
                _held.Cancel(lines[refused].Id, CancelCause.LeaseLost, lines[refused].Lease);
            }
        }
        catch
        {
            _logs.PutBack(lines);
            OnLinesWaiting();
            throw;
        }
    }

    private void OnLinesWaiting()
    {
        lock (_gate)
        {
            Arm();
        }
    }

    private Dictionary<JobId, ProgressReport> TakePending()
    {
        lock (_gate)
        {
            var reports = _pending;
            _pending = [];
            _isFlushing = true;
            _isDue = false;
            _isArmed = false;
            return reports;
        }
    }

    /// <summary>What could not be stored is tried again, unless something newer has been reported.</summary>
    private void PutBack(Dictionary<JobId, ProgressReport>? reports)
    {
        if (reports is not { Count: > 0 })
        {
            return;
        }

        lock (_gate)
        {
            foreach (var (id, report) in reports)
            {
                if (_held.Contains(id, report.Lease))
                {
                    _pending.TryAdd(id, report);
                    Arm();
                }
            }
        }
    }

    private void Arm()
    {
        if (!_isArmed)
        {
            _isArmed = true;
            _timer.Change(_interval, Timeout.InfiniteTimeSpan);
        }
    }

    private void OnTimer()
    {
        _isDue = true;
        _wake();
    }
}
