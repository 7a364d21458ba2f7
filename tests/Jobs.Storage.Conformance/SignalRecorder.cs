using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Jobs.Storage.Conformance;

/// <summary>Remembers a storage's signals.</summary>
public sealed class SignalRecorder : IJobStorageListener
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<bool> _endSignals = Channel.CreateUnbounded<bool>();
    private readonly TaskCompletionSource _cancelRequested = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes with the first signal that there may be jobs to claim.</summary>
    public Task JobsReady => _ready.Task;

    /// <summary>Completes with the first signal that a job ended.</summary>
    public Task JobEnded => _ended.Task;

    /// <summary>Completes with the first signal that cancelling was asked for.</summary>
    public Task CancelRequested => _cancelRequested.Task;

    /// <summary>The jobs whose end was signalled; null for "some job".</summary>
    public ConcurrentQueue<JobId?> Ended { get; } = [];

    /// <summary>The jobs whose cancelling was signalled.</summary>
    public ConcurrentQueue<JobId> CancelRequests { get; } = [];

    /// <summary>Waits until the end of this job, or of "some job", was signalled.</summary>
    /// <param name="id">The job.</param>
    /// <param name="timeout">How long at most for each further signal.</param>
    /// <param name="cancellationToken">Cancels the waiting.</param>
    /// <exception cref="TimeoutException">No further signal came.</exception>
    public async Task WaitForEndOfAsync(JobId id, TimeSpan timeout, CancellationToken cancellationToken)
    {
        while (!Ended.Any(ended => ended is null || ended == id))
            await _endSignals.Reader.ReadAsync(cancellationToken).AsTask().WaitAsync(timeout, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void OnJobsReady() => _ready.TrySetResult();

    /// <inheritdoc/>
    public void OnCancelRequested(JobId id)
    {
        CancelRequests.Enqueue(id);
        _cancelRequested.TrySetResult();
    }

    /// <inheritdoc/>
    public void OnJobEnded(JobId? id)
    {
        Ended.Enqueue(id);
        _endSignals.Writer.TryWrite(true);
        _ended.TrySetResult();
    }
}
