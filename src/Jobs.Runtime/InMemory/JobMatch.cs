namespace Jobs.InMemory;

/// <summary>A filter's conditions. The order is from cheap and selective to dear.</summary>
/// <param name="filter">The filter.</param>
/// <param name="now">The time at which states are meant, as UTC ticks.</param>
internal readonly struct JobMatch(JobFilter filter, long now)
{
    private readonly long _from = filter.CreatedFrom?.UtcTicks ?? long.MinValue;
    private readonly long _before = filter.CreatedBefore?.UtcTicks ?? long.MaxValue;

    public bool Matches(JobEntry entry)
    {
        return (filter.Status is not { } status || status == SnapshotMaker.StatusOf(entry, now))
            && !(filter.IsUnfinished && entry.HasEnded)
            && (filter.Name is not { } name || name == entry.Name)
            && (filter.Queue is not { } queue || queue == entry.Queue)
            && (filter.Priority is not { } priority || priority == entry.Priority)
            && entry.CreatedTicks >= _from
            && entry.CreatedTicks < _before
            && (filter.Submitter is not { } submitter || submitter == entry.Details?.Submitter)
            && (filter.ScheduleId is not { } schedule || schedule == entry.Details?.ScheduleId)
            && (filter.Tags is not { } tags || MatchesTags(tags, entry.Details?.Tags ?? []));
    }

    private bool MatchesTags(IReadOnlyList<string> wanted, IReadOnlyList<string> tags) => filter.TagMatch switch
    {
        TagMatch.All => wanted.All(tags.Contains),
        TagMatch.Any => wanted.Any(tags.Contains),
        TagMatch.None => !wanted.Any(tags.Contains),
        TagMatch.Exact => wanted.All(tags.Contains) && tags.All(wanted.Contains),
        _ => throw new InvalidOperationException($"{filter.TagMatch} is not a way for tags to match."),
    };
}
