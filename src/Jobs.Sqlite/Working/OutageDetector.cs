namespace Jobs.Sqlite;

/// <summary>
/// Notices that the machine was suspended, or its clock set forward: then the clock has advanced by more than the time that passed while
/// this process could run. For a file on the same machine that is the storage's outage: nobody could have renewed a lease.
/// </summary>
internal sealed class OutageDetector(TimeProvider timeProvider)
{
    private static readonly TimeSpan Tolerance = TimeSpan.FromSeconds(2);

    private readonly Lock _gate = new();
    private DateTimeOffset _time = timeProvider.GetUtcNow();
    private long _timestamp = timeProvider.GetTimestamp();

    /// <summary>Whether there was an outage since the last call.</summary>
    public bool Check()
    {
        lock (_gate)
        {
            var (time, timestamp) = (timeProvider.GetUtcNow(), timeProvider.GetTimestamp());
            var jump = time - _time - timeProvider.GetElapsedTime(_timestamp, timestamp);
            (_time, _timestamp) = (time, timestamp);
            return jump > Tolerance;
        }
    }
}
