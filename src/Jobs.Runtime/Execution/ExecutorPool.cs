using System.Threading.Channels;

namespace Jobs.Execution;

/// <summary>
/// Runs claimed jobs. Executors are started on demand: each one that sees more work starts one more. Short synchronous handlers
/// thus run one after the other on a few warm threads; a handler that awaits frees its thread; one that blocks keeps only its own.
/// </summary>
internal sealed class ExecutorPool : IThreadPoolWorkItem
{
    private readonly Channel<JobExecution> _channel;
    private int _isStarting;

    /// <param name="concurrency">The bound: no more than this is ever claimed, so a write never waits.</param>
    public ExecutorPool(int concurrency) =>
        _channel = Channel.CreateBounded<JobExecution>(new BoundedChannelOptions(concurrency) { SingleWriter = false, SingleReader = false });

    public void Start(List<JobExecution> executions)
    {
        foreach (var execution in executions)
        {
            if (!_channel.Writer.TryWrite(execution))
            {
                throw new InvalidOperationException("More jobs were claimed than there are slots.");
            }
        }

        EnsureExecutor();
    }

    void IThreadPoolWorkItem.Execute() => _ = ExecuteAsync();

    private void EnsureExecutor()
    {
        if (Interlocked.CompareExchange(ref _isStarting, 1, 0) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
        }
    }

    private async Task ExecuteAsync()
    {
        // Before reading: whoever writes after this either is read below or starts another executor.
        Volatile.Write(ref _isStarting, 0);
        Interlocked.MemoryBarrier();
        while (_channel.Reader.TryRead(out var execution))
        {
            if (_channel.Reader.Count > 0)
            {
                EnsureExecutor();
            }

            await execution.RunAsync().ConfigureAwait(false);
        }
    }
}
