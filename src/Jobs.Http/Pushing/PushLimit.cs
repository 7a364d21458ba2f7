namespace Jobs.Http.Pushing;

/// <summary>How long one request may take. The handler may ask for more on its way.</summary>
internal sealed class PushLimit : IDisposable
{
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _reached;
    private readonly long _from;
    private TimeSpan _limit;

    public PushLimit(TimeSpan limit, TimeProvider time)
    {
        _limit = limit;
        _time = time;
        _from = time.GetTimestamp();
        _reached = new CancellationTokenSource(Sensible(limit), time);
    }

    public CancellationToken Token => _reached.Token;

    public bool IsReached => _reached.IsCancellationRequested;

    public void Extend(TimeSpan by)
    {
        _limit = by < TimeSpan.MaxValue - _limit ? _limit + by : TimeSpan.MaxValue;
        var left = Sensible(_limit - _time.GetElapsedTime(_from));
        _reached.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
    }

    public void Dispose() => _reached.Dispose();

    /// <summary>Timers of the system take no more than 49 days.</summary>
    private static TimeSpan Sensible(TimeSpan limit) => limit < TimeSpan.FromDays(40) ? limit : TimeSpan.FromDays(40);
}
