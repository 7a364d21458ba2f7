namespace Jobs.Benchmarks;

/// <summary>Tells when so many jobs have run.</summary>
public sealed class Countdown
{
    /// <summary>The one of this benchmark process.</summary>
    public static Countdown Current { get; } = new();

    private TaskCompletionSource _done = new();
    private int _remaining;

    public Task Start(int count)
    {
        _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _remaining, count);
        return _done.Task;
    }

    public void Signal()
    {
        if (Interlocked.Decrement(ref _remaining) == 0)
        {
            _done.SetResult();
        }
    }
}
