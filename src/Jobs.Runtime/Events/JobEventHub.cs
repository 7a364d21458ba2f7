using System.Threading.Channels;
using Jobs.Execution;
using Jobs.Storage;

namespace Jobs.Events;

/// <summary>
/// Where this process's events go: to its subscribers, or, when they are stored, to the writer, and by way of the storage to the
/// subscribers of all processes. While nobody wants them, nothing is made: callers ask <see cref="IsActive"/> first.
/// </summary>
internal sealed class JobEventHub(TimeProvider time, JobEventWriter? writer)
{
    private readonly Lock _gate = new();
    private volatile Channel<JobEvent>[] _subscribers = [];

    public bool IsActive => writer is not null || _subscribers.Length > 0;

    public void Publish(JobEvent jobEvent)
    {
        var stamped = jobEvent with { At = time.GetUtcNow() };
        if (writer is not null)
        {
            writer.Add(stamped);
            return;
        }

        foreach (var subscriber in _subscribers)
        {
            subscriber.Writer.TryWrite(stamped);
        }
    }

    public void Enqueued(JobRecord record, JobId id) =>
        Publish(new JobEvent { Kind = JobEventKind.Waiting, JobId = id, JobName = record.Name, Queue = record.Queue, Tags = record.Details?.Tags ?? [] });

    public void Claimed(JobExecution execution) => Publish(About(execution, JobEventKind.Active));

    /// <summary>The storage has accepted how an attempt ended.</summary>
    public void Ended(JobExecution execution, in JobOutcome outcome, JobOutcomeKind kind)
    {
        var told = About(execution, kind switch
        {
            JobOutcomeKind.Completed => JobEventKind.Completed,
            JobOutcomeKind.Retry or JobOutcomeKind.Failed => JobEventKind.Failed,
            JobOutcomeKind.Cancelled => JobEventKind.Cancelled,
            _ => JobEventKind.Waiting,
        });
        if (told.Kind is JobEventKind.Failed)
        {
            told = told with { WillRetry = kind is JobOutcomeKind.Retry, Reason = outcome.Reason, Message = outcome.Error?.Message };
        }

        Publish(told);
        if (kind is JobOutcomeKind.Failed && execution.Record.Policy.DeadLetter is { } target)
        {
            Publish(told with { Kind = JobEventKind.DeadLettered, Message = target.Name });
        }
    }

    public Channel<JobEvent> Subscribe()
    {
        var channel = Channel.CreateBounded<JobEvent>(new BoundedChannelOptions(10_000) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
        lock (_gate)
        {
            _subscribers = [.. _subscribers, channel];
        }

        return channel;
    }

    public void Unsubscribe(Channel<JobEvent> channel)
    {
        lock (_gate)
        {
            _subscribers = [.. _subscribers.Where(known => known != channel)];
        }
    }

    private static JobEvent About(JobExecution execution, JobEventKind kind) => new()
    {
        Kind = kind,
        JobId = execution.JobId,
        JobName = execution.JobName,
        Queue = execution.Queue,
        Tags = execution.Tags,
        Attempt = execution.Attempt,
    };
}
