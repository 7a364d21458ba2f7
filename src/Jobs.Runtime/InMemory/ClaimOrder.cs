namespace Jobs.InMemory;

/// <summary>The order in which ready jobs are claimed: by priority, then the longest due first; jobs that go in last, first out before all others.</summary>
internal sealed class ClaimOrder : IComparer<JobEntry>
{
    public static ClaimOrder Instance { get; } = new();

    public static bool IsBefore(JobEntry left, JobEntry right) => Instance.Compare(left, right) < 0;

    public int Compare(JobEntry? x, JobEntry? y)
    {
        if (ReferenceEquals(x, y))
            return 0;

        if (x is null || y is null)
            return x is null ? 1 : -1;

        if (x.Priority != y.Priority)
            return x.Priority > y.Priority ? -1 : 1;

        var (isXLifo, isYLifo) = (IsLifo(x), IsLifo(y));
        if (isXLifo != isYLifo)
            return isXLifo ? -1 : 1;

        var byAge = x.At != y.At ? x.At.CompareTo(y.At) : x.Sequence.CompareTo(y.Sequence);
        return isXLifo ? -byAge : byAge;
    }

    private static bool IsLifo(JobEntry entry) => entry.Details is { Lifo: true };
}
