using System.Diagnostics;

namespace Jobs.Storage;

/// <summary>
/// How often a storage counts what it keeps, so that a bound on finished records costs next to nothing however large it is: a count that
/// took longer than 50 milliseconds is not repeated before a hundred times as long has passed. Safe for several callers.
/// </summary>
public sealed class CountPace
{
    private static readonly TimeSpan _negligible = TimeSpan.FromMilliseconds(50);
    private long _nextAt = long.MinValue;

    /// <summary>Whether it is time for another count.</summary>
    public bool IsDue => Stopwatch.GetTimestamp() >= Volatile.Read(ref _nextAt);

    /// <summary>A count has been made.</summary>
    /// <param name="took">How long it took.</param>
    public void Counted(TimeSpan took) =>
        Volatile.Write(ref _nextAt, took <= _negligible ? long.MinValue : Stopwatch.GetTimestamp() + (long)(took.TotalSeconds * 100 * Stopwatch.Frequency));
}
