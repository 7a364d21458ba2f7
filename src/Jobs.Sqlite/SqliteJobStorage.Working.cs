using System.Diagnostics;
using Jobs.Storage;

namespace Jobs.Sqlite;

internal sealed partial class SqliteJobStorage
{
    private readonly CountPace _countPace = new();
    private FinishedPlace? _surplus;

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

    public ValueTask<MaintenanceReport> MaintainAsync(MaintenanceRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        var afterOutage = _outages.Check();
        var surplus = _options.MaxFinished is { } max ? FindSurplus(max, cancellationToken) : null;
        return Writer.RunAsync(session => session.Maintainer.Run(request, afterOutage, surplus), cancellationToken, weight: request.BatchSize);
    }

    /// <summary>The newest finished record that is too many. Counted by a reader, which holds nobody up.</summary>
    private FinishedPlace? FindSurplus(int maxFinished, CancellationToken cancellationToken)
    {
        if (_countPace.IsDue)
        {
            var start = Stopwatch.GetTimestamp();
            _surplus = _readers.Read(
                session =>
                {
                    var read = session.Statements["find-surplus"].Bind(1, maxFinished);
                    var surplus = read.Step() ? new FinishedPlace(read.Int64(0), read.Int64(1)) : null;
                    read.Reset();
                    return surplus;
                },
                cancellationToken);
            _countPace.Counted(Stopwatch.GetElapsedTime(start));
        }

        // What was too much stays so: records that end later are newer.
        return _surplus;
    }
}
