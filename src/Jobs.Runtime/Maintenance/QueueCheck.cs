using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;
using Jobs.Telemetry;

namespace Jobs.Maintenance;

/// <summary>
/// Looks once, when the worker starts, at some of the jobs that are already queued, and says which of them this version of the code
/// cannot read. It changes nothing: they may be another version's to run. It looks at a few jobs per name and is cut off after a
/// while, so that a large queue costs no more than a small one.
/// </summary>
internal sealed class QueueCheck(JobsRuntime runtime) : IDisposable
{
    private const int SampleSize = 20;

    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stopping = new();
    private Task _running = Task.CompletedTask;

    public void Start()
    {
        if (runtime.Settings.IsClientOnly || !_running.IsCompleted || _stopping.IsCancellationRequested)
        {
            return;
        }

        using var detached = AmbientContext.Leave();
        _running = Task.Run(() => RunAsync(_stopping.Token), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync().ConfigureAwait(false);
        try
        {
            await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // It hangs in the storage. The worker is stopped all the same; the check ends with its next step.
        }
    }

    public void Dispose() => _stopping.Dispose();

    private async Task RunAsync(CancellationToken stopping)
    {
        using var limit = new CancellationTokenSource(_patience, runtime.Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stopping);
        try
        {
            var storage = await runtime.GetStorageAsync(both.Token).ConfigureAwait(false);
            foreach (var job in runtime.Registry.Registered.Where(static job => job is { HasHandler: true, IsDisabled: false, Descriptor.InputType: not null }))
            {
                foreach (var name in job.Descriptor.Aliases.Prepend(job.Name))
                {
                    await CheckAsync(storage, job, name, both.Token).ConfigureAwait(false);
                }
            }
        }
        catch (OperationCanceledException) when (both.IsCancellationRequested)
        {
            // Stopped, or cut off: it is only a look.
        }
        catch (Exception exception)
        {
            JobsLog.QueueCheckFailed(runtime.Logger, exception);
        }
    }

    private async Task CheckAsync(IJobStorage storage, RegisteredJob job, string name, CancellationToken cancellationToken)
    {
        var page = await storage.ListAsync(new JobFilter { Name = name, Status = JobStatus.Pending, IncludePayload = true, Limit = SampleSize }, cancellationToken).ConfigureAwait(false);
        var unreadable = 0;
        JobId? example = null;
        foreach (var queued in page.Jobs)
        {
            if (queued.Payload is { } payload && job.FindReadingProblem(payload) is { } found)
            {
                unreadable++;
                example ??= queued.Id;

                // What is wrong can repeat parts of the payload, which only a log that somebody has opened for it may have.
                JobsLog.UnreadableJob(runtime.Logger, queued.Id, name, found);
            }
        }

        if (example is { } id)
        {
            JobsLog.UnreadableJobs(runtime.Logger, unreadable, page.Jobs.Count, name, id);
        }
    }
}
