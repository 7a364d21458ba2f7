using System.Diagnostics.CodeAnalysis;
using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>
/// A job, from the client's call to its removal: the record that the client fills and a worker reads is this object too. There
/// is one per job, so its fields are shared between the stages of its life where they cannot be needed at once, and what few
/// jobs have is in <see cref="Extra"/>. Whatever changes is guarded by the storage's lock.
/// </summary>
[method: SetsRequiredMembers]
internal sealed class JobEntry(JobKind kind, byte[] payload, JobDetails? details) : StoredJob(kind, payload, details)
{
    /// <summary>Pending: when it is due. Ended: when it ended. All times are UTC ticks.</summary>
    public long At;

    /// <summary>The claim of the current or last run.</summary>
    public JobClaim? Claim;

    /// <summary>Neighbours in the one list that the job's place has.</summary>
    public JobEntry? Previous;

    /// <inheritdoc cref="Previous"/>
    public JobEntry? Next;

    /// <summary>How many runs counted.</summary>
    public int Attempts;

    public EntryPlace Place;

    /// <summary>Scheduled: the index in the heap. Otherwise: the token of the current or last run.</summary>
    private long _tokenOrIndex;

    /// <summary>The result, or <see cref="JobEntryExtra"/> with it.</summary>
    private object? _resultOrExtra;

    /// <summary>Its number in the order of insertion.</summary>
    public long Sequence => Details?.Id is null ? JobTable.SequenceOf(Id) : Extra!.Sequence;

    public long CreatedTicks => CreatedAtTicks;

    /// <summary>When the current or last run began; 0 before the first.</summary>
    public long ClaimedAt => Claim?.ClaimedAt ?? 0;

    /// <summary>The worker of the current or last run.</summary>
    public WorkerState? Worker => Claim?.Worker;

    /// <summary>The fence of the current or last run; not while it is scheduled.</summary>
    public JobLease Lease => new(_tokenOrIndex, Claim?.Nonce ?? 0);

    /// <summary>Its index in the heap of due times, while it is scheduled.</summary>
    public int HeapIndex
    {
        get => (int)_tokenOrIndex;
        set => _tokenOrIndex = value;
    }

    public JobEntryExtra? Extra => _resultOrExtra as JobEntryExtra;

    public byte[]? Result
    {
        get => _resultOrExtra is JobEntryExtra extra ? extra.Result : (byte[]?)_resultOrExtra;
        set
        {
            if (_resultOrExtra is JobEntryExtra extra)
                extra.Result = value;
            else
                _resultOrExtra = value;
        }
    }

    public bool HasEnded => Place is EntryPlace.Completed or EntryPlace.Failed or EntryPlace.Cancelled;

    public bool IsCancelRequested => Extra is { CancelRequested: true };

    /// <summary>The wait that the job waits for; null when it does not. While it is scheduled for another time, it waits for that.</summary>
    public EntryStep? AwaitedAt(long now) =>
        Place == EntryPlace.Scheduled && Extra?.Steps?.Awaited is { } wait && wait.DueAt == At && wait.IsOpen(now) ? wait : null;

    /// <summary>A new entry like a record that was made elsewhere.</summary>
    public static JobEntry Like(JobRecord record)
    {
        var entry = new JobEntry(record.Kind, record.Payload, null);
        entry.Become(record);
        return entry;
    }

    /// <summary>Begins a run.</summary>
    public void Hold(JobClaim claim, long token)
    {
        Place = EntryPlace.Held;
        Claim = claim;
        _tokenOrIndex = token;
    }

    /// <summary>
    /// This job as an entry of its own with a change, to take its place; it is in no list. The old one may still be read by a worker
    /// that has lost it, and stays as it is.
    /// </summary>
    public JobEntry Edited(JobChange change)
    {
        var entry = Like(With(change));
        entry.BecomeStored(Id, CreatedAtTicks);
        (entry.At, entry.Claim, entry.Attempts, entry._tokenOrIndex, entry._resultOrExtra) = (At, Claim, Attempts, _tokenOrIndex, _resultOrExtra);
        return entry;
    }

    /// <summary>Makes it a job of this storage.</summary>
    public void Store(JobId id, long sequence, long now)
    {
        BecomeStored(id, now);
        if (Details?.Id is not null)
            EnsureExtra().Sequence = sequence;
    }

    public JobEntryExtra EnsureExtra()
    {
        if (_resultOrExtra is JobEntryExtra extra)
            return extra;

        _resultOrExtra = extra = new JobEntryExtra { Result = (byte[]?)_resultOrExtra };
        return extra;
    }

    /// <summary>Adds the current run, which ends now, to the history.</summary>
    public void AddToHistory(long now, FailureReason reason, JobError? error) =>
        EnsureExtra().History.Add(new JobAttempt(Attempts + 1, Ticks.ToTime(ClaimedAt), Ticks.ToTime(now), error?.Type, error?.Message, error?.StackTrace, Worker!.Id, reason));
}
