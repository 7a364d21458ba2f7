namespace Jobs.Sqlite;

/// <summary>
/// What waits for the writer. Bounded, so that callers that enqueue faster than the disk takes it wait here instead of filling memory.
/// </summary>
/// <remarks>
/// A monitor and a list rather than a Channel: the consumer is a thread of its own, which has to be woken even while the thread pool
/// is busy with handlers that block, and it takes all that is there at once.
/// </remarks>
internal sealed class WriteQueue : IDisposable
{
    private const int Capacity = 4096;

    private readonly object _gate = new();
    private readonly SemaphoreSlim _room = new(Capacity);
    private readonly Queue<WriteRequest> _waiting = new();
    private bool _isCompleted;
    private bool _isNudged;

    /// <summary>Hands a request over; waits while the queue is full.</summary>
    /// <exception cref="ObjectDisposedException">The storage is being disposed.</exception>
    public async ValueTask AddAsync(WriteRequest request, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isCompleted, typeof(SqliteJobStorage));
            _waiting.Enqueue(request);
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes what waits, up to a weight; waits for something up to the timeout. False when the queue is empty and will stay so.</summary>
    public bool Take(List<WriteRequest> requests, int maxWeight, TimeSpan timeout)
    {
        lock (_gate)
        {
            if (_waiting.Count == 0 && !_isCompleted && !_isNudged)
                Monitor.Wait(_gate, timeout);

            _isNudged = false;
            for (var weight = 0; weight < maxWeight && _waiting.TryDequeue(out var request); weight += request.Weight)
                requests.Add(request);

            if (requests.Count == 0)
                return !_isCompleted;
        }

        _room.Release(requests.Count);
        return true;
    }

    /// <summary>Lets the consumer look up, because how long it should wait has changed.</summary>
    public void Nudge()
    {
        lock (_gate)
        {
            _isNudged = true;
            Monitor.Pulse(_gate);
        }
    }

    /// <summary>Takes no more; what waits is still done.</summary>
    public void Complete()
    {
        lock (_gate)
        {
            _isCompleted = true;
            Monitor.Pulse(_gate);
        }

        // Whoever waits for room must hear it too.
        _room.Release(int.MaxValue / 2);
    }

    public void Dispose() => _room.Dispose();
}
