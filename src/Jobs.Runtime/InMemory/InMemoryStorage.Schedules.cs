using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    private readonly SortedDictionary<string, StoredSchedule> _schedules = new(StringComparer.Ordinal);
    private readonly SortedSet<(long DueAt, string Id)> _dueSchedules = new(Comparer<(long DueAt, string Id)>.Create(static (x, y) =>
        x.DueAt != y.DueAt ? x.DueAt.CompareTo(y.DueAt) : string.CompareOrdinal(x.Id, y.Id)));
    private readonly SortedSet<string> _waitingSchedules = new(StringComparer.Ordinal);

    public ValueTask<ScheduleReading> ReadSchedulesAsync(ScheduleQuery query, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ScheduleReading>(cancellationToken);

        var found = new List<StoredSchedule>();
        TimeSpan? nextDueIn = null;
        long now;
        lock (_gate)
        {
            now = Now();
            if (query.IsDue)
                nextDueIn = FindDueSchedules(query.Limit, now, found);
            else if (query.Id is { } id)
                found.AddRange(_schedules.TryGetValue(id, out var schedule) ? [schedule] : []);
            else
                found.AddRange(_schedules.Values.Where(schedule => Matches(schedule, query)).Take(query.Limit));

            for (var i = 0; i < found.Count; i++)
            {
                if (found[i].OpenJobs.Count > 0)
                    found[i] = found[i] with { OpenJobs = [.. found[i].OpenJobs.Where(job => _jobs.Find(job) is { HasEnded: false })] };
            }
        }

        return ValueTask.FromResult(new ScheduleReading(Ticks.ToTime(now), found, nextDueIn));
    }

    public ValueTask<IReadOnlyList<bool>> WriteSchedulesAsync(IReadOnlyList<ScheduleWrite> writes, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<bool>>(cancellationToken);

        var written = new bool[writes.Count];
        bool signal;
        lock (_gate)
        {
            var now = Now();
            var readied = false;
            for (var i = 0; i < written.Length; i++)
                written[i] = IsCurrent(writes[i], now);

            List<JobRecord> jobs = [.. writes.Where((_, i) => written[i]).SelectMany(static write => write.Jobs)];
            if (FindRefusal(jobs) is { } refusal)
                return ValueTask.FromException<IReadOnlyList<bool>>(refusal);

            foreach (var job in jobs)
                Insert(job, now, ref readied);

            for (var i = 0; i < written.Length; i++)
            {
                if (written[i])
                    Replace(writes[i].Id, writes[i].Schedule);
            }

            signal = TakeHunger(readied);
        }

        if (signal)
            _signals.JobsReady();

        SignalFollowUps();
        if (writes.Any(static write => write.IsAnnounced))
            _signals.SchedulesChanged();

        return ValueTask.FromResult<IReadOnlyList<bool>>(written);
    }

    private static bool Matches(StoredSchedule schedule, ScheduleQuery query) =>
        (query.JobName is not { } name || schedule.JobName == name)
        && (query.AfterId is not { } after || string.CompareOrdinal(schedule.Id, after) > 0);

    private TimeSpan? FindDueSchedules(int limit, long now, List<StoredSchedule> found)
    {
        found.AddRange(_waitingSchedules.Take(limit).Select(id => _schedules[id]));
        var due = 0;
        foreach (var (dueAt, id) in _dueSchedules)
        {
            if (dueAt > now)
                return new TimeSpan(dueAt - now);

            if (due == limit)
                break;

            due++;
            if (!_waitingSchedules.Contains(id))
                found.Add(_schedules[id]);
        }

        return null;
    }

    private bool IsCurrent(ScheduleWrite write, long now) =>
        (write.NotAfter is not { } limit || now <= limit.UtcTicks)
        && (_schedules.TryGetValue(write.Id, out var current) ? current.Version == write.ExpectedVersion : write.ExpectedVersion is null);

    private void Replace(string id, StoredSchedule? schedule)
    {
        if (_schedules.Remove(id, out var former) && former.DueAt is { } formerDue)
            _dueSchedules.Remove((formerDue.UtcTicks, id));

        _waitingSchedules.Remove(id);
        if (schedule is null)
            return;

        _schedules.Add(id, schedule);
        if (schedule.DueAt is { } due)
            _dueSchedules.Add((due.UtcTicks, id));

        if (schedule.IsWaiting)
            _waitingSchedules.Add(id);
    }
}
