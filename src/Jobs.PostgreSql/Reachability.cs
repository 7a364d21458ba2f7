using System.Diagnostics;

namespace Jobs.PostgreSql;

/// <summary>What this process saw of the server's absence. After one, leases get a period of grace: nobody could report meanwhile.</summary>
internal sealed class Reachability
{
    private readonly Lock _gate = new();
    private bool _isAway;
    private long? _backAt;

    public void Failed()
    {
        lock (_gate)
            _isAway = true;
    }

    public void Succeeded()
    {
        if (!Volatile.Read(ref _isAway))
            return;

        lock (_gate)
        {
            _isAway = false;
            _backAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>For how long the server has been reached without a break; null when there never was one.</summary>
    public TimeSpan? ReachableFor
    {
        get
        {
            lock (_gate)
                return _backAt is { } at ? Stopwatch.GetElapsedTime(at) : null;
        }
    }
}
