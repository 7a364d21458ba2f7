using Jobs.Execution;

namespace Jobs.Hosting;

/// <summary>The workers of this process: its own, and one for each queue whose jobs run elsewhere.</summary>
internal sealed class JobWorkers : IAsyncDisposable, IDisposable
{
    private readonly List<JobWorker> _all = [];

    public JobWorkers(JobsRuntime runtime)
    {
        Own = new JobWorker(runtime, WorkerPlan.Own(runtime.Settings));
        _all.Add(Own);
        foreach (var delivery in runtime.Settings.Deliveries)
        {
            _all.Add(new JobWorker(runtime, WorkerPlan.Delivering(runtime.Settings, delivery, runtime.Services)));
        }
    }

    public JobWorker Own { get; }

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var worker in _all)
        {
            await worker.StartAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void BeginClaiming() => _all.ForEach(static worker => worker.BeginClaiming());

    public void StopClaiming() => _all.ForEach(static worker => worker.StopClaiming());

    /// <summary>All at once: each has the whole grace.</summary>
    public Task StopAsync(CancellationToken cancellationToken) => Task.WhenAll(_all.Select(worker => worker.StopAsync(cancellationToken)));

    /// <summary>For containers that are disposed synchronously. A host that was stopped before leaves nothing to wait for.</summary>
    public void Dispose() => DisposeAsync().AsTask().GetAwaiter().GetResult();

    public async ValueTask DisposeAsync()
    {
        foreach (var worker in _all)
        {
            await worker.DisposeAsync().ConfigureAwait(false);
        }
    }
}
