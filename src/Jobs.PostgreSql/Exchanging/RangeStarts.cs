using System.Collections.Concurrent;

namespace Jobs.PostgreSql;

/// <summary>
/// Held jobs with which a range begins although the slot before is held by the same claim. Their outcomes are no run: the server
/// holds them in rows of their own, as it does all jobs with keys. A hint: what is missing here costs a further round trip.
/// </summary>
internal sealed class RangeStarts
{
    /// <summary>More than are ever held at a time; what was left behind by lost leases goes with the rest.</summary>
    private const int MaxStarts = 100_000;

    private readonly ConcurrentDictionary<JobPlace, byte> _places = [];

    public bool IsEmpty => _places.IsEmpty;

    public void Add(JobPlace place)
    {
        if (_places.Count >= MaxStarts)
            _places.Clear();

        _places.TryAdd(place, 0);
    }

    public bool Contains(JobPlace place) => _places.ContainsKey(place);

    public void Remove(JobPlace place) => _places.TryRemove(place, out _);
}
