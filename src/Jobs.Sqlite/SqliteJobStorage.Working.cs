using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    public async ValueTask ExchangeAsync(WorkExchange exchange, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(exchange);
        await Writer.RunAsync(
            session =>
            {
                exchange.Dispositions.Clear();
                exchange.Claimed.Clear();
                exchange.NextDueIn = null;
                session.Outcomes.Write(exchange);
                session.Claimer.Claim(exchange);
                return true;
            },
            cancellationToken,
            weight: exchange.Outcomes.Count + exchange.MaxJobs,
            isRelaxed: exchange.Outcomes.Count == 0).ConfigureAwait(false);
    }

    public ValueTask<IReadOnlyList<JobId>> ReportProgressAsync(IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(reports);
        return Writer.RunAsync<IReadOnlyList<JobId>>(
            session =>
            {
                var lost = new List<JobId>();
                foreach (var report in reports)
                {
                    if (!session.Leases.Report(report))
                        lost.Add(report.Id);
                }

                return lost;
            },
            cancellationToken,
            weight: reports.Count,
            isRelaxed: true);
    }

    public ValueTask<bool> HeartbeatAsync(WorkerHeartbeat heartbeat, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(heartbeat);
        return Writer.RunAsync(session => session.Workers.Report(heartbeat), cancellationToken, isRelaxed: true);
    }

    public async ValueTask RetireWorkerAsync(string workerId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(workerId);
        await Writer.RunAsync(
            session =>
            {
                session.Workers.Retire(workerId);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask ReleaseUnknownAsync(string workerId, IReadOnlyCollection<JobLease> known, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(workerId);
        ArgumentNullException.ThrowIfNull(known);
        await Writer.RunAsync(
            session =>
            {
                session.Workers.ReleaseUnknown(workerId, known);
                return true;
            },
            cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken) =>
        Writer.RunAsync(session => session.Canceller.Cancel(id), cancellationToken);

    public async ValueTask<MaintenanceReport> MaintainAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var afterOutage = _outages.Check();
        var surplus = await _counter.FindAsync(request.Bounds, Writer, cancellationToken).ConfigureAwait(false);
        return await Writer.RunAsync(session => session.Maintainer.Run(request, afterOutage, surplus), cancellationToken, weight: request.BatchSize).ConfigureAwait(false);
    }
}
