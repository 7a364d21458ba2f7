using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    /// <summary>Tells of something that was done to a job by hand. What the event says of the job is looked up, which only those pay for who want events.</summary>
    private async ValueTask TellAsync(IJobStorage storage, JobEventKind kind, JobId id, CancellationToken cancellationToken)
    {
        if (!runtime.Events.IsActive)
        {
            return;
        }

        var job = await storage.GetAsync(id, JobParts.None, cancellationToken).ConfigureAwait(false);
        runtime.Events.Publish(new JobEvent { Kind = kind, JobId = id, JobName = job?.Name, Queue = job?.Queue, Tags = job?.Tags ?? [], Attempt = job?.Attempt ?? 0 });
    }
}
