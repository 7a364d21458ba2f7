namespace Jobs.InMemory;

/// <summary>A filter's conditions. The order is from cheap and selective to dear.</summary>
internal readonly struct JobMatch(JobFilter filter)
{
    private readonly long _from = filter.CreatedFrom?.UtcTicks ?? long.MinValue;
    private readonly long _before = filter.CreatedBefore?.UtcTicks ?? long.MaxValue;

    public bool Matches(JobEntry entry)
    {
        var record = entry.Record;
        return (filter.Status is not { } status || status == SnapshotMaker.StatusOf(entry.Place))
            && (filter.Name is not { } name || name == record.Name)
            && (filter.Queue is not { } queue || queue == record.Queue)
            && (filter.Priority is not { } priority || priority == record.Priority)
            && entry.CreatedAt >= _from
            && entry.CreatedAt < _before
            && (filter.Submitter is not { } submitter || submitter == record.Details?.Submitter)
            && (filter.Tags is not { } tags || MatchesTags(tags, record.Details?.Tags ?? []));
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
