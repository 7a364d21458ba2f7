using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Jobs.Storage;

namespace Jobs.Telemetry;

internal sealed partial class JobsTelemetry
{
    private Counter<long> _maintained = null!;
    private Histogram<int> _claimed = null!;
    private Histogram<int> _stored = null!;
    private ObservableGauge<long> _depth = null!;
    private ObservableGauge<double> _oldest = null!;
    private volatile IReadOnlyList<QueueBacklog> _backlog = [];

    /// <summary>Whether anybody looks at the queues; otherwise nobody asks the storage about them.</summary>
    public bool MeasuresBacklog => _depth.Enabled || _oldest.Enabled;

    /// <summary>How many slots each of the process's workers has, and how many run. Filled when they start.</summary>
    public ConcurrentBag<Func<(int Slots, int Running)>> Pools { get; } = [];

    /// <summary>What the storage said last; the gauges report it until the next time.</summary>
    public void SetBacklog(IReadOnlyList<QueueBacklog> backlog) => _backlog = backlog;

    public void Exchanged(WorkExchange exchange)
    {
        if (_claimed.Enabled && exchange.Claimed.Count > 0)
        {
            _claimed.Record(exchange.Claimed.Count);
        }

        if (_stored.Enabled && exchange.Outcomes.Count > 0)
        {
            _stored.Record(exchange.Outcomes.Count);
        }
    }

    public void Maintained(in MaintenanceReport report)
    {
        if (!_maintained.Enabled)
        {
            return;
        }

        Count("taken_over", report.TakenOver);
        Count("stalled", report.Stalled);
        Count("orphaned", report.Orphaned);
        Count("removed", report.Removed);

        void Count(string duty, int jobs)
        {
            if (jobs > 0)
            {
                _maintained.Add(jobs, new KeyValuePair<string, object?>("jobs.duty", duty));
            }
        }
    }

    private void CreateStorageInstruments()
    {
        _maintained = _meter.CreateCounter<long>("jobs.maintained", "{job}", "Jobs that maintenance in this process took over, failed as stalled or orphaned, or removed.");
        _claimed = _meter.CreateHistogram<int>("jobs.claim.size", "{job}", "Jobs per claim that found any.");
        _stored = _meter.CreateHistogram<int>("jobs.outcomes.size", "{job}", "Outcomes that were stored together.");
        _depth = _meter.CreateObservableGauge("jobs.queue.depth", () => Measure(static queue => queue.Ready), "{job}", "Jobs that are due and wait, over all processes.");
        _oldest = _meter.CreateObservableGauge("jobs.queue.oldest_age", () => Measure(static queue => queue.OldestDueAge.TotalSeconds), "s", "For how long the oldest waiting job has been due.");
        _meter.CreateObservableGauge("jobs.worker.slots", () => OfPools(static pool => pool.Slots), "{slot}", "How many jobs this process runs at a time.");
        _meter.CreateObservableGauge("jobs.worker.slots.used", () => OfPools(static pool => pool.Running), "{slot}", "How many of them are in use.");
    }

    private Measurement<int>[] OfPools(Func<(int Slots, int Running), int> figure) =>
        Pools.IsEmpty ? [] : [new Measurement<int>(Pools.Sum(pool => figure(pool())))];

    private List<Measurement<T>> Measure<T>(Func<QueueBacklog, T> value)
        where T : struct
    {
        var measurements = new List<Measurement<T>>();
        foreach (var queue in _backlog)
        {
            measurements.Add(new Measurement<T>(value(queue), new KeyValuePair<string, object?>("jobs.queue", queue.Queue)));
        }

        return measurements;
    }
}
