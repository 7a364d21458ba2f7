namespace Jobs.Maintenance;

/// <summary>A duty done again and again until the worker stops. A failure is reported by the duty itself and never ends the loop.</summary>
internal abstract class PeriodicLoop(TimeProvider time)
{
    protected TimeProvider Time => time;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        while (!cancellationToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(NextDelay(), time, cancellationToken).ConfigureAwait(false);
                await OnceAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception exception)
            {
                OnFailed(exception);
            }
        }
    }

    protected abstract TimeSpan NextDelay();

    protected abstract ValueTask OnceAsync(CancellationToken cancellationToken);

    protected abstract void OnFailed(Exception exception);
}
