namespace Jobs.Storage;

/// <summary>Gathers statistics from groups of jobs, so that all storages count alike.</summary>
public sealed class JobStatisticsBuilder
{
    private readonly SortedDictionary<string, Tally> _byName = new(StringComparer.Ordinal);
    private readonly SortedDictionary<DateOnly, Tally> _byDay = [];
    private readonly Tally _all = new();

    /// <summary>Counts jobs that have not ended.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="status">Their state.</param>
    /// <param name="count">How many.</param>
    public void AddOpen(string name, JobStatus status, long count)
    {
        Of(name).Counts[(int)status] += count;
        _all.Counts[(int)status] += count;
    }

    /// <summary>Counts jobs that have ended alike.</summary>
    /// <param name="name">Their name.</param>
    /// <param name="status">Their state.</param>
    /// <param name="day">The day on which they ended, in UTC.</param>
    /// <param name="count">How many.</param>
    /// <param name="duration">The bucket of their durations and the sum in microseconds; null when they did not complete.</param>
    /// <param name="wait">The bucket of their waits and the sum in microseconds; null when they did not complete in their first run.</param>
    public void AddEnded(string name, JobStatus status, DateOnly day, long count, (int Bucket, double Microseconds)? duration, (int Bucket, double Microseconds)? wait)
    {
        if (!_byDay.TryGetValue(day, out var ofDay))
            _byDay.Add(day, ofDay = new Tally());

        foreach (var tally in (ReadOnlySpan<Tally>)[_all, Of(name), ofDay])
        {
            tally.Counts[(int)status] += count;
            if (duration is { } d)
                tally.Durations.Add(d.Bucket, count, d.Microseconds);

            if (wait is { } w)
                tally.Waits.Add(w.Bucket, count, w.Microseconds);
        }
    }

    /// <summary>Counts one job that has ended.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="status">Its state.</param>
    /// <param name="endedAt">When it ended.</param>
    /// <param name="duration">How long its run took; null when it did not complete.</param>
    /// <param name="wait">How long it had waited; null when it did not complete in its first run.</param>
    public void AddEnded(string name, JobStatus status, DateTimeOffset endedAt, TimeSpan? duration, TimeSpan? wait) =>
        AddEnded(
            name,
            status,
            DateOnly.FromDateTime(endedAt.UtcDateTime),
            1,
            duration is { } d ? (DurationHistogram.BucketOf(d), d.TotalMicroseconds) : null,
            wait is { } w ? (DurationHistogram.BucketOf(w), w.TotalMicroseconds) : null);

    /// <summary>The statistics.</summary>
    /// <param name="at">The storage's now.</param>
    public JobStatistics Build(DateTimeOffset at) => new()
    {
        At = at,
        Counts = _all.Count(),
        Duration = _all.Durations.Summarize(),
        Wait = _all.Waits.Summarize(),
        ByName = [.. _byName.Select(static n => new JobNameStatistics(n.Key, n.Value.Count(), n.Value.Durations.Summarize(), n.Value.Waits.Summarize()))],
        ByDay = [.. _byDay.Reverse().Select(static d => new JobDayStatistics(
            d.Key,
            d.Value.Counts[(int)JobStatus.Completed],
            d.Value.Counts[(int)JobStatus.Failed],
            d.Value.Counts[(int)JobStatus.Cancelled],
            d.Value.Durations.Summarize(),
            d.Value.Waits.Summarize()))],
    };

    private Tally Of(string name)
    {
        if (!_byName.TryGetValue(name, out var tally))
            _byName.Add(name, tally = new Tally());

        return tally;
    }

    private sealed class Tally
    {
        public long[] Counts { get; } = new long[6];

        public DurationHistogram Durations { get; } = new();

        public DurationHistogram Waits { get; } = new();

        public JobStatusCounts Count() => new(Counts[0], Counts[1], Counts[2], Counts[3], Counts[4], Counts[5]);
    }
}
