namespace Jobs.Scheduling;

/// <summary>Wakes a loop that sleeps for long. A wake while it is awake is remembered once.</summary>
internal sealed class LoopSignal(TimeProvider time)
{
    private volatile TaskCompletionSource _wake = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Wake() => _wake.TrySetResult();

    /// <summary>Sleeps for so long, or until somebody wakes it.</summary>
    public async Task SleepAsync(TimeSpan duration, CancellationToken cancellationToken)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sleep = Task.Delay(duration, time, timer.Token);
        await Task.WhenAny(sleep, _wake.Task).ConfigureAwait(false);
        await timer.CancelAsync().ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        if (_wake.Task.IsCompleted)
        {
            _wake = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }
}
