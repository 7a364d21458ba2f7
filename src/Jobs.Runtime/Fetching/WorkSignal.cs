using System.Threading.Tasks.Sources;

namespace Jobs.Fetching;

/// <summary>Wakes one loop. Setting it while nobody waits is remembered once. Neither side allocates.</summary>
internal sealed class WorkSignal : IValueTaskSource
{
    private const int Idle = 0;
    private const int Set = 1;
    private const int Waiting = 2;
    private ManualResetValueTaskSourceCore<bool> _source = new() { RunContinuationsAsynchronously = true };
    private int _state;

    /// <summary>Wakes the loop, now or when it next waits.</summary>
    public void Wake()
    {
        // What the caller has just written must be visible before the state is read: a loop that clears the state afterwards
        // then finds it. Without the barrier both may miss each other, and the loop sleeps until its next poll.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _state) == Set)
        {
            return;
        }

        if (Interlocked.Exchange(ref _state, Set) == Waiting)
        {
            _source.SetResult(true);
        }
    }

    /// <summary>Waits for the next <see cref="Wake"/>. Only one loop may wait.</summary>
    public ValueTask WaitAsync()
    {
        if (Interlocked.CompareExchange(ref _state, Idle, Set) == Set)
        {
            return ValueTask.CompletedTask;
        }

        _source.Reset();
        var task = new ValueTask(this, _source.Version);
        if (Interlocked.CompareExchange(ref _state, Waiting, Idle) == Set)
        {
            Interlocked.Exchange(ref _state, Idle);
            return ValueTask.CompletedTask;
        }

        return task;
    }

    void IValueTaskSource.GetResult(short token)
    {
        _source.GetResult(token);

        // A full fence, for the same reason as in Wake: what the loop reads next must not be read before this.
        Interlocked.Exchange(ref _state, Idle);
    }

    ValueTaskSourceStatus IValueTaskSource.GetStatus(short token) => _source.GetStatus(token);

    void IValueTaskSource.OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _source.OnCompleted(continuation, state, token, flags);
}
