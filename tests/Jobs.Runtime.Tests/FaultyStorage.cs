using System.Collections.Concurrent;
using System.Data.Common;
using System.Runtime.CompilerServices;
using Jobs.Storage;

namespace Jobs.Runtime.Tests;

/// <summary>A storage whose calls fail on demand, before or after they have had their effect, and whose signals can be lost.</summary>
internal sealed class FaultyStorage(IJobStorage inner) : IJobStorage
{
    /// <summary>Runs before a call by its name; throw to keep it from happening.</summary>
    public Func<string, Task>? Before { get; set; }

    /// <summary>Runs after a call by its name; throw to lose its answer.</summary>
    public Func<string, Task>? After { get; set; }

    /// <summary>Sees, and may change, an exchange after it happened.</summary>
    public Action<WorkExchange>? OnExchanged { get; set; }

    public Func<MaintenanceReport, MaintenanceReport>? OnMaintained { get; set; }

    public bool LosesSignals { get; set; }

    public bool IsDisposed { get; private set; }

    public StorageCapabilities? OtherCapabilities { get; set; }

    public ConcurrentDictionary<string, int> Calls { get; } = new();

    public IJobStorage Inner => inner;

    public StorageCapabilities Capabilities => OtherCapabilities ?? inner.Capabilities;

    public IDisposable Subscribe(IJobStorageListener listener) => inner.Subscribe(new LossyListener(this, listener));

    public async ValueTask InitializeAsync(CancellationToken cancellationToken) => await CallAsync(async () => { await inner.InitializeAsync(cancellationToken); return 0; });

    public ValueTask<InsertedJob> InsertAsync(JobRecord job, DbTransaction? transaction, CancellationToken cancellationToken) => CallAsync(() => inner.InsertAsync(job, transaction, cancellationToken));

    public ValueTask<IReadOnlyList<InsertedJob>> InsertManyAsync(IReadOnlyList<JobRecord> jobs, DbTransaction? transaction, CancellationToken cancellationToken) => CallAsync(() => inner.InsertManyAsync(jobs, transaction, cancellationToken));

    public async ValueTask ExchangeAsync(WorkExchange exchange, CancellationToken cancellationToken) => await CallAsync(async () =>
    {
        await inner.ExchangeAsync(exchange, cancellationToken);
        OnExchanged?.Invoke(exchange);
        return 0;
    });

    public ValueTask<bool> CompleteInTransactionAsync(JobOutcome outcome, DbTransaction transaction, CancellationToken cancellationToken) => CallAsync(() => inner.CompleteInTransactionAsync(outcome, transaction, cancellationToken));

    public ValueTask<bool> WasCompletedAsync(JobId id, JobLease lease, CancellationToken cancellationToken) => CallAsync(() => inner.WasCompletedAsync(id, lease, cancellationToken));

    public ValueTask<IReadOnlyList<JobId>> ReportProgressAsync(IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken) => CallAsync(() => inner.ReportProgressAsync(reports, cancellationToken));

    public ValueTask<IReadOnlyList<JobId>> WriteStepsAsync(IReadOnlyList<StepWrite> steps, CancellationToken cancellationToken) => CallAsync(() => inner.WriteStepsAsync(steps, cancellationToken));

    public ValueTask<IReadOnlyList<StoredStep>?> ReadStepsAsync(JobId id, CancellationToken cancellationToken) => CallAsync(() => inner.ReadStepsAsync(id, cancellationToken));

    public ValueTask<JobWaitCompletion> CompleteWaitAsync(JobWaitToken token, byte[] value, CancellationToken cancellationToken) => CallAsync(() => inner.CompleteWaitAsync(token, value, cancellationToken));

    public async ValueTask AppendEventsAsync(IReadOnlyList<JobEvent> events, TimeSpan retention, CancellationToken cancellationToken) => await CallAsync(async () => { await inner.AppendEventsAsync(events, retention, cancellationToken); return 0; });

    public ValueTask<IReadOnlyList<JobEvent>> ReadEventsAsync(JobEventQuery query, CancellationToken cancellationToken) => CallAsync(() => inner.ReadEventsAsync(query, cancellationToken));

    public ValueTask<int> RefillAsync(string limitId, string? key, CancellationToken cancellationToken) => CallAsync(() => inner.RefillAsync(limitId, key, cancellationToken));

    public ValueTask<long> GetLastEventAsync(CancellationToken cancellationToken) => CallAsync(() => inner.GetLastEventAsync(cancellationToken));

    public ValueTask<IReadOnlyList<QueueBacklog>> GetBacklogAsync(CancellationToken cancellationToken) => CallAsync(() => inner.GetBacklogAsync(cancellationToken));

    public ValueTask<IReadOnlyList<int>> AppendLogsAsync(IReadOnlyList<JobLogLine> lines, int maxLines, CancellationToken cancellationToken) => CallAsync(() => inner.AppendLogsAsync(lines, maxLines, cancellationToken));

    public ValueTask<JobLogPage?> ReadLogsAsync(JobId id, long afterLine, int limit, CancellationToken cancellationToken) => CallAsync(() => inner.ReadLogsAsync(id, afterLine, limit, cancellationToken));

    public ValueTask<bool> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken) => CallAsync(() => inner.HeartbeatAsync(heartbeat, cancellationToken));

    public ValueTask<ChangeOutcome> ChangeAsync(JobId id, JobAction action, CancellationToken cancellationToken) => CallAsync(() => inner.ChangeAsync(id, action, cancellationToken));

    public ValueTask<ChangeOutcome> EditAsync(JobId id, JobChange change, CancellationToken cancellationToken) => CallAsync(() => inner.EditAsync(id, change, cancellationToken));

    public ValueTask<bool> SetPausedAsync(PauseScope scope, string key, bool isPaused, CancellationToken cancellationToken) => CallAsync(() => inner.SetPausedAsync(scope, key, isPaused, cancellationToken));

    public ValueTask<IReadOnlyList<JobPause>> ListPausesAsync(CancellationToken cancellationToken) => CallAsync(() => inner.ListPausesAsync(cancellationToken));

    public ValueTask<IReadOnlyList<QueueInfo>> ListQueuesAsync(CancellationToken cancellationToken) => CallAsync(() => inner.ListQueuesAsync(cancellationToken));

    public ValueTask<JobStatistics> GetStatisticsAsync(CancellationToken cancellationToken) => CallAsync(() => inner.GetStatisticsAsync(cancellationToken));

    public ValueTask<JobRecord?> GetRecordAsync(JobId id, CancellationToken cancellationToken) => CallAsync(() => inner.GetRecordAsync(id, cancellationToken));

    public ValueTask<BulkProgress> ChangeManyAsync(BulkChange request, CancellationToken cancellationToken) => CallAsync(() => inner.ChangeManyAsync(request, cancellationToken));

    public async ValueTask RetireWorkerAsync(string workerId, CancellationToken cancellationToken) => await CallAsync(async () => { await inner.RetireWorkerAsync(workerId, cancellationToken); return 0; });

    public async ValueTask ReleaseUnknownAsync(string workerId, IReadOnlyCollection<JobLease> known, CancellationToken cancellationToken) => await CallAsync(async () => { await inner.ReleaseUnknownAsync(workerId, known, cancellationToken); return 0; });

    public ValueTask<IReadOnlyList<JobId>> GetCancelRequestsAsync(string workerId, CancellationToken cancellationToken) => CallAsync(() => inner.GetCancelRequestsAsync(workerId, cancellationToken));

    public ValueTask<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) => CallAsync(() => inner.CancelAsync(id, cancellationToken));

    public ValueTask<JobSnapshot?> GetAsync(JobId id, JobParts parts, CancellationToken cancellationToken) => CallAsync(() => inner.GetAsync(id, parts, cancellationToken));

    public ValueTask<IReadOnlyList<JobId>> GetEndedAsync(IReadOnlyCollection<JobId> ids, CancellationToken cancellationToken) => CallAsync(() => inner.GetEndedAsync(ids, cancellationToken));

    public ValueTask<JobPage> ListAsync(JobFilter filter, CancellationToken cancellationToken) => CallAsync(() => inner.ListAsync(filter, cancellationToken));

    public ValueTask<long> CountAsync(JobFilter filter, CancellationToken cancellationToken) => CallAsync(() => inner.CountAsync(filter, cancellationToken));

    public ValueTask<IReadOnlyList<WorkerInfo>> ListWorkersAsync(CancellationToken cancellationToken) => CallAsync(() => inner.ListWorkersAsync(cancellationToken));

    public ValueTask<ScheduleReading> ReadSchedulesAsync(ScheduleQuery query, CancellationToken cancellationToken) => CallAsync(() => inner.ReadSchedulesAsync(query, cancellationToken));

    public ValueTask<IReadOnlyList<bool>> WriteSchedulesAsync(IReadOnlyList<ScheduleWrite> writes, CancellationToken cancellationToken) => CallAsync(() => inner.WriteSchedulesAsync(writes, cancellationToken));

    public async ValueTask<MaintenanceReport> MaintainAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        var report = await CallAsync(() => inner.MaintainAsync(request, cancellationToken));
        return OnMaintained?.Invoke(report) ?? report;
    }

    public ValueTask DisposeAsync()
    {
        IsDisposed = true;
        return ValueTask.CompletedTask;
    }

    private async ValueTask<T> CallAsync<T>(Func<ValueTask<T>> call, [CallerMemberName] string name = "")
    {
        Calls.AddOrUpdate(name, 1, static (_, count) => count + 1);
        if (Before is { } before)
        {
            await before(name);
        }

        var answer = await call();
        if (After is { } after)
        {
            await after(name);
        }

        return answer;
    }

    private sealed class LossyListener(FaultyStorage storage, IJobStorageListener inner) : IJobStorageListener
    {
        public void OnJobsReady()
        {
            if (!storage.LosesSignals)
            {
                inner.OnJobsReady();
            }
        }

        public void OnCancelRequested(JobId id)
        {
            if (!storage.LosesSignals)
            {
                inner.OnCancelRequested(id);
            }
        }

        public void OnSchedulesChanged()
        {
            if (!storage.LosesSignals)
            {
                inner.OnSchedulesChanged();
            }
        }

        public void OnJobEnded(JobId? id)
        {
            if (!storage.LosesSignals)
            {
                inner.OnJobEnded(id);
            }
        }
    }
}
