using System.Collections.Concurrent;

namespace Jobs.Storage.Conformance;

/// <summary>Remembers a storage's signals.</summary>
public sealed class SignalRecorder : IJobStorageListener
{
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
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
        _ended.TrySetResult();
    }
}
