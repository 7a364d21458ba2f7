using Jobs.Storage;

namespace Jobs.PostgreSql;

/// <summary>
/// Concurrent single inserts share statements and commits. A caller that finds a flusher idle stores its job at once, in its own call;
/// under load jobs gather while the flushers are busy, and go in groups. Every caller awaits the commit of its own.
/// </summary>
internal sealed class InsertBatcher(Func<JobRecord, Task<InsertedJob>> storeAlone, Func<IReadOnlyList<PendingInsert>, Task> store) : IDisposable
{
    /// <summary>Two keep the server busy; more would only make smaller groups.</summary>
    private const int MaxFlushers = 2;
    private const int MaxGroup = 1000;

    /// <summary>Payload bytes after which a group is closed: the server refuses a statement of a gigabyte, and with it every caller in it.</summary>
    private const int MaxGroupBytes = 16 << 20;

    /// <summary>How many callers may wait before further ones wait to wait: it bounds the memory that a stalled server costs.</summary>
    private const int MaxPending = 16_384;

    private readonly Lock _gate = new();
    private readonly SemaphoreSlim _room = new(MaxPending);
    private readonly Queue<PendingInsert> _pending = new();
    private int _flushers;

    public async ValueTask<InsertedJob> InsertAsync(JobRecord job, CancellationToken cancellationToken)
    {
        await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            PendingInsert? pending = null;
            lock (_gate)
            {
                if (_flushers < MaxFlushers)
                    _flushers++;
                else
                    _pending.Enqueue(pending = new PendingInsert(job));
            }

            return await (pending?.Task ?? FlushAloneAsync(job)).ConfigureAwait(false);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<InsertedJob> FlushAloneAsync(JobRecord job)
    {
        try
        {
            return await storeAlone(job).ConfigureAwait(false);
        }
        finally
        {
            bool isIdle;
            lock (_gate)
            {
                isIdle = _pending.Count == 0;
                if (isIdle)
                    _flushers--;
            }

            if (!isIdle)
                StartFlusher();
        }
    }

    /// <summary>The flusher serves many callers, so it takes no caller's context with it.</summary>
    private void StartFlusher()
    {
        if (ExecutionContext.IsFlowSuppressed())
        {
            _ = FlushAsync();
            return;
        }

        using (ExecutionContext.SuppressFlow())
            _ = FlushAsync();
    }

    private async Task FlushAsync()
    {
        while (true)
        {
            var group = new List<PendingInsert>();
            var bytes = 0;
            lock (_gate)
            {
                while (group.Count < MaxGroup && bytes < MaxGroupBytes && _pending.TryDequeue(out var next))
                {
                    group.Add(next);
                    bytes += next.Job.Payload.Length;
                }

                if (group.Count == 0)
                {
                    _flushers--;
                    return;
                }
            }

            try
            {
                await store(group).ConfigureAwait(false);
            }
            catch (Exception e)
            {
                foreach (var pending in group)
                    pending.TrySetException(e);
            }
        }
    }
}
