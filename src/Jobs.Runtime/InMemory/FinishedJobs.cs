using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>
/// Ended jobs in a list per retention time: jobs that are kept equally long expire in the order in which they ended, so the
/// next to go is always a list's first, and few retention times are in use at once. Jobs of which only so many are kept have lists of
/// their own, for the same reason.
/// </summary>
internal sealed class FinishedJobs
{
    private readonly Dictionary<(TimeSpan Retention, FinishedGroup? Group), JobEntryList> _lists = [];
    private readonly Dictionary<(string Name, bool IsCompleted), FinishedGroup> _groups = [];
    private IReadOnlyList<RetentionBound> _bounds = [];
    private ((TimeSpan Retention, FinishedGroup? Group) Key, JobEntryList List) _latest = ((TimeSpan.MinValue, null), new());

    public int Count { get; private set; }

    /// <summary>The lists by retention time and group.</summary>
    public IReadOnlyDictionary<(TimeSpan Retention, FinishedGroup? Group), JobEntryList> Lists => _lists;

    public void Add(JobEntry entry)
    {
        var group = GroupOf(entry);
        ListOf((RetentionOf(entry), group)).Add(entry);
        Count++;
        if (group is not null)
            group.Count++;
    }

    public void Remove(JobEntry entry)
    {
        var group = GroupOf(entry);
        ListOf((RetentionOf(entry), group)).Remove(entry);
        Count--;
        if (group is not null)
            group.Count--;
    }

    /// <summary>Sets how many are kept of which names. All that is there finds its list anew when that is another than before.</summary>
    public void Bound(IReadOnlyList<RetentionBound> bounds)
    {
        if (bounds.SequenceEqual(_bounds))
            return;

        var entries = new List<JobEntry>(Count);
        foreach (var list in _lists.Values)
        {
            for (var entry = list.First; entry is not null; entry = entry.Next)
                entries.Add(entry);
        }

        foreach (var entry in entries)
            Remove(entry);

        _bounds = bounds;
        _groups.Clear();
        Trim();
        foreach (var bound in bounds)
        {
            if (bound.MaxCompleted is { } completed)
                _groups.Add((bound.Name, true), new FinishedGroup(completed));

            if (bound.MaxFailed is { } failed)
                _groups.Add((bound.Name, false), new FinishedGroup(failed));
        }

        // A list is in the order of the ends, and what came from several of them is not.
        foreach (var entry in entries.OrderBy(static entry => entry.At))
            Add(entry);
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
        foreach (var (key, list) in _lists)
        {
            if (list.First is { } first && now - first.At >= key.Retention.Ticks)
                return first;
        }

        return null;
    }

    /// <summary>The oldest of a name of which there are more than are kept; null when there is none.</summary>
    public JobEntry? FindSurplus()
    {
        JobEntry? oldest = null;
        FinishedGroup? full = null;
        foreach (var (key, list) in _lists)
        {
            if (list.First is { } first && key.Group is { IsFull: true } group && (full is null || (group == full && first.At < oldest!.At)))
                (oldest, full) = (first, group);
        }

        return oldest;
    }

    /// <summary>Forgets retention times that are no longer in use.</summary>
    public void Trim()
    {
        foreach (var (key, list) in _lists)
        {
            if (list.Count == 0)
                _lists.Remove(key);
        }

        _latest = ((TimeSpan.MinValue, null), new());
    }

    public static TimeSpan RetentionOf(JobEntry entry) =>
        entry.Place == EntryPlace.Completed ? entry.Policy.RetainCompleted : entry.Policy.RetainFailed;

    private FinishedGroup? GroupOf(JobEntry entry) =>
        _groups.Count > 0 && _groups.TryGetValue((entry.Name, entry.Place == EntryPlace.Completed), out var group) ? group : null;

    private JobEntryList ListOf((TimeSpan Retention, FinishedGroup? Group) key)
    {
        if (_latest.Key == key)
            return _latest.List;

        if (!_lists.TryGetValue(key, out var list))
            _lists.Add(key, list = new JobEntryList());

        _latest = (key, list);
        return list;
    }
}
