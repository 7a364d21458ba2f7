using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>
/// A job. One object per job, so its fields are shared between the stages of its life where they cannot be needed at once, and
/// what few jobs have is in <see cref="Extra"/>.
/// </summary>
internal sealed class JobEntry(JobRecord record, JobId id, long sequence, long createdAt)
{
    public readonly JobRecord Record = record;
    public readonly JobId Id = id;

    /// <summary>Its number in the order of insertion.</summary>
    public readonly long Sequence = sequence;

    public readonly long CreatedAt = createdAt;

    /// <summary>Pending: when it is due. Ended: when it ended. All times are UTC ticks.</summary>
    public long At;

    /// <summary>When the current or last run began; 0 before the first.</summary>
    public long ClaimedAt;

    /// <summary>The fence of the current or last run.</summary>
    public JobLease Lease;

    /// <summary>The worker of the current or last run.</summary>
    public WorkerState? Worker;

    public byte[]? Result;

    public JobEntryExtra? Extra;

    /// <summary>Neighbours in the one list that the job's place has.</summary>
    public JobEntry? Previous;

    /// <inheritdoc cref="Previous"/>
    public JobEntry? Next;

    /// <summary>How many runs counted.</summary>
    public int Attempts;

    /// <summary>Its index in the heap of due times.</summary>
    public int HeapIndex;

    public EntryPlace Place;

    public bool HasEnded => Place is EntryPlace.Completed or EntryPlace.Failed or EntryPlace.Cancelled;

    public bool IsCancelRequested => Extra is { CancelRequested: true };

    public JobEntryExtra EnsureExtra() => Extra ??= new JobEntryExtra();

    /// <summary>Adds the current run, which ends now, to the history.</summary>
    public void AddToHistory(long now, FailureReason reason, JobError? error) =>
        EnsureExtra().History.Add(new JobAttempt(Attempts + 1, Ticks.ToTime(ClaimedAt), Ticks.ToTime(now), error?.Type, error?.Message, error?.StackTrace, Worker!.Id, reason));
}
