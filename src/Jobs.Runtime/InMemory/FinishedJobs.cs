namespace Jobs.InMemory;

/// <summary>
/// Ended jobs in a list per retention time: jobs that are kept equally long expire in the order in which they ended, so the
/// next to go is always a list's first, and few retention times are in use at once.
/// </summary>
internal sealed class FinishedJobs
{
    private readonly Dictionary<TimeSpan, JobEntryList> _lists = [];
    private (TimeSpan Retention, JobEntryList List) _latest = (TimeSpan.MinValue, new());

    public int Count { get; private set; }

    /// <summary>The lists by retention time.</summary>
    public IReadOnlyDictionary<TimeSpan, JobEntryList> Lists => _lists;

    public void Add(JobEntry entry)
    {
        ListOf(RetentionOf(entry)).Add(entry);
        Count++;
    }

    public void Remove(JobEntry entry)
    {
        ListOf(RetentionOf(entry)).Remove(entry);
        Count--;
    }

    /// <summary>The one that ended first.</summary>
    public JobEntry? FindOldest()
    {
        JobEntry? oldest = null;
        foreach (var list in _lists.Values)
        {
            if (list.First is { } first && (oldest is null || first.At < oldest.At))
                oldest = first;
        }

        return oldest;
    }

    /// <summary>One whose time is up; null when there is none.</summary>
    public JobEntry? FindExpired(long now)
    {
        foreach (var (retention, list) in _lists)
        {
            if (list.First is { } first && now - first.At >= retention.Ticks)
                return first;
        }

        return null;
    }

    /// <summary>Forgets retention times that are no longer in use.</summary>
    public void Trim()
    {
        foreach (var (retention, list) in _lists)
        {
            if (list.Count == 0)
                _lists.Remove(retention);
        }

        _latest = (TimeSpan.MinValue, new());
    }

    public static TimeSpan RetentionOf(JobEntry entry) =>
        entry.Place == EntryPlace.Completed ? entry.Policy.RetainCompleted : entry.Policy.RetainFailed;

    private JobEntryList ListOf(TimeSpan retention)
    {
        if (_latest.Retention == retention)
            return _latest.List;

        if (!_lists.TryGetValue(retention, out var list))
            _lists.Add(retention, list = new JobEntryList());

        _latest = (retention, list);
        return list;
    }
}
