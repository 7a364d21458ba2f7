using System.Diagnostics.CodeAnalysis;

namespace Jobs.Execution;

/// <summary>
/// Runs claimed jobs. Executors are started on demand: each one that sees more work starts one more. Short synchronous handlers
/// thus run one after the other on a few warm threads; a handler that awaits frees its thread; one that blocks keeps only its own.
/// </summary>
/// <param name="concurrency">The bound: no more than this is ever claimed.</param>
/// <remarks>A queue under one lock, which a whole claim enters at once, takes half the time of a channel: nobody ever waits in it.</remarks>
internal sealed class ExecutorPool(int concurrency) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();
    private readonly Queue<JobExecution> _queue = new();
    private int _isStarting;

    public void Start(List<JobExecution> executions)
    {
        lock (_gate)
        {
            if (_queue.Count + executions.Count > concurrency)
            {
                throw new InvalidOperationException("More jobs were claimed than there are slots.");
            }

            foreach (var execution in executions)
            {
                _queue.Enqueue(execution);
            }
        }

        EnsureExecutor();
    }

    void IThreadPoolWorkItem.Execute() => _ = ExecuteAsync();

    private void EnsureExecutor()
    {
        if (Volatile.Read(ref _isStarting) == 0 && Interlocked.CompareExchange(ref _isStarting, 1, 0) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    private async Task ExecuteAsync()
    {
        // Before reading: whoever writes after this either is read below or starts another executor.
        Volatile.Write(ref _isStarting, 0);
        Interlocked.MemoryBarrier();
        while (TryTake(out var execution, out var hasMore))
        {
            if (hasMore)
            {
                EnsureExecutor();
            }

            await execution.RunAsync().ConfigureAwait(false);
        }
    }

    private bool TryTake([NotNullWhen(true)] out JobExecution? execution, out bool hasMore)
    {
        lock (_gate)
        {
            var taken = _queue.TryDequeue(out execution);
            hasMore = _queue.Count > 0;
            return taken;
        }
    }
}
