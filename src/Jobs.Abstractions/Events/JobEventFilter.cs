namespace Jobs;

/// <summary>Which events somebody wants; what is null does not matter.</summary>
public sealed record JobEventFilter
{
    /// <summary>Of this job.</summary>
    public JobId? JobId { get; init; }

    /// <summary>Of jobs with this stored name.</summary>
    public string? JobName { get; init; }

    /// <summary>Of jobs in this queue, and of the queue itself.</summary>
    public string? Queue { get; init; }

    /// <summary>Of jobs with this tag.</summary>
    public string? Tag { get; init; }

    /// <summary>Of these kinds.</summary>
    public IReadOnlyCollection<JobEventKind>? Kinds { get; init; }

    /// <summary>Whether an event is wanted.</summary>
    /// <param name="jobEvent">The event.</param>
    public bool Matches(JobEvent jobEvent)
    {
        ArgumentNullException.ThrowIfNull(jobEvent);
        return (JobId is null || jobEvent.JobId == JobId)
            && (JobName is null || jobEvent.JobName == JobName)
            && (Queue is null || jobEvent.Queue == Queue)
            && (Tag is null || jobEvent.Tags.Contains(Tag))
            && (Kinds is null || Kinds.Contains(jobEvent.Kind));
    }
}
