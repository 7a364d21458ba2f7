using Jobs.Storage;
using static Jobs.Sqlite.SnapshotColumn;

namespace Jobs.Sqlite;

/// <summary>Builds snapshots from the rows of Sql/snapshot.sql and the histories of their jobs.</summary>
internal sealed class SnapshotReader(StatementSet statements, TimeProvider timeProvider)
{
    private readonly PolicyTexts _policies = new();

    /// <summary>The snapshot of the current row.</summary>
    public JobSnapshot Read(SqliteStatement row)
    {
        var history = ReadRuns(Int64(row, SnapshotColumn.Job));
        var end = NullableInt64(row, EndedAt) is { } endedAt ? new EndPart((EndStatus)Int64(row, SnapshotColumn.EndStatus), endedAt) : null;
        var policy = _policies.ParseOrDefault(Text(row, Policy) ?? "");
        var claimedAt = NullableInt64(row, ClaimedAt);
        var dueAt = end is null && claimedAt is null ?
            NullableInt64(row, ReadyDueAt) ?? NullableInt64(row, ScheduledDueAt) ?? NullableInt64(row, GatedDueAt) ?? NullableInt64(row, WaitingDueAt)
            : null;
        var isDelayed = dueAt > StorageTime.From(timeProvider.GetUtcNow());
        var createdAt = Int64(row, CreatedAt);
        var cancelAt = NullableInt64(row, HeldCancelAt) ?? NullableInt64(row, EndedCancelAt) ?? NullableInt64(row, ReopenedCancelAt);
        var progressAt = NullableInt64(row, ProgressAt);
        var lastFailure = history.LastOrDefault(static run => run.Kind is RunKind.Retry or RunKind.Failed);
        var (error, reason) = end switch
        {
            { Status: Sqlite.EndStatus.Failed } => (Text(row, EndedError), ReasonText.Parse(Text(row, EndedReason))),
            null when NullableInt64(row, ReopenedRuns) is { } runs && !(lastFailure?.Attempt.Number > runs) => (Text(row, ReopenedError), ReasonText.Parse(Text(row, ReopenedReason))),
            null when lastFailure is not null => (lastFailure.Attempt.ErrorMessage, lastFailure.Attempt.Reason),
            _ => (null, FailureReason.None),
        };

        return new JobSnapshot
        {
            Id = IssuedId.Of(Int64(row, SnapshotColumn.Job), Int64(row, Tail), row.Blob((int)ExplicitId)),
            Name = Text(row, Name) ?? "",
            Queue = Text(row, Queue) ?? "",
            Status = Status(row, end, claimedAt, isDelayed),
            IsDelayed = isDelayed,
            Priority = row.Int32((int)Priority),
            Attempt = Attempt(row, end, claimedAt),
            MaxAttempts = Math.Max(policy.MaxAttempts, Attempt(row, end, claimedAt) + (end is null && claimedAt is null ? 1 : 0)),
            CreatedAt = StorageTime.To(createdAt),
            UpdatedAt = StorageTime.To(Latest(createdAt, claimedAt, cancelAt, progressAt, end?.At, NullableInt64(row, ChangedAt), history.Count > 0 ? history[^1].EndedAt : null)),
            RunAt = StorageTime.To(NullableInt64(row, RunAt) ?? createdAt),
            NextAttemptAt = StorageTime.To(dueAt),
            StartedAt = StorageTime.To(claimedAt ?? NullableInt64(row, EndedStartedAt)) ?? (history.Count > 0 ? history[^1].Attempt.StartedAt : null),
            CompletedAt = StorageTime.To(end?.At),
            LastFailedAt = StorageTime.To(Later(lastFailure?.EndedAt, NullableInt64(row, ReopenedFailedAt))),
            LastRetriedAt = StorageTime.To(Later(history.LastOrDefault(static run => run.Kind == RunKind.Retry)?.EndedAt, NullableInt64(row, UserRetriedAt))),
            LastCancelledAt = StorageTime.To(cancelAt),
            LockedAt = StorageTime.To(claimedAt),
            LockedBy = Text(row, HeldBy),
            Timeout = policy.Timeout,
            Progress = progressAt is null ? null : row.Double((int)Percent),
            ProgressMessage = Text(row, ProgressMessage),
            ProgressData = Text(row, SnapshotColumn.ProgressData) is { } data ? JsonColumns.Element(System.Text.Encoding.UTF8.GetBytes(data)) : null,
            LastProgressAt = StorageTime.To(progressAt),
            Error = error,
            FailureReason = reason,
            Attempts = Attempts(row, history, end, claimedAt),
            Tags = JsonColumns.ListOrEmpty(Text(row, Tags)),
            Metadata = JsonColumns.MapOrEmpty(Text(row, SnapshotColumn.Metadata)),
            IdempotencyKey = Text(row, IdempotencyKey),
            ConcurrencyKey = Text(row, SnapshotColumn.ConcurrencyKey),
            OrderingKey = Text(row, SnapshotColumn.OrderingKey),
            PendingReason = dueAt is { } due ? PendingReason(row, isDelayed, due) : null,
            Submitter = Text(row, Submitter),
            ScheduleId = Text(row, ScheduleId),
            DeadLetterJobId = row.Blob((int)SnapshotColumn.DeadLetter) is { Length: 16 } letter ? new JobId(new Guid(letter, bigEndian: true)) : null,
            DeadLetteredAt = StorageTime.To(NullableInt64(row, DeadLetteredAt)),
            TraceParent = Text(row, TraceParent),
            Payload = JsonColumns.Element(row.Blob((int)Payload)),
            ResultJson = JsonColumns.Element(row.Blob((int)Result)),
        };
    }

    private static JobStatus Status(SqliteStatement row, EndPart? end, long? claimedAt, bool isDelayed) => end?.Status switch
    {
        Sqlite.EndStatus.Completed => JobStatus.Completed,
        Sqlite.EndStatus.Failed => JobStatus.Failed,
        Sqlite.EndStatus.Cancelled => JobStatus.Cancelled,
        _ when claimedAt is not null => JobStatus.Running,
        _ => NullableInt64(row, WaitingDependencies) > 0 || (isDelayed && Text(row, AwaitedName) is not null) ? JobStatus.Waiting : JobStatus.Pending,
    };

    private static string? PendingReason(SqliteStatement row, bool isDelayed, long dueAt)
    {
        if (NullableInt64(row, WaitingDependencies) is { } dependencies)
            return dependencies > 0 ? PendingReasonText.Dependencies((int)dependencies) : PendingReasonText.Ordering(Text(row, SnapshotColumn.OrderingKey) ?? "");

        if (isDelayed && Text(row, AwaitedName) is { } wait)
            return PendingReasonText.Waiting(wait, (JobStepKind)Int64(row, AwaitedKind), StorageTime.To(dueAt));

        if (isDelayed)
            return PendingReasonText.Delayed(StorageTime.To(dueAt));

        return NullableInt64(row, HeldByGate) is { } held && held >= NullableInt64(row, KeyConcurrency)
            ? PendingReasonText.Concurrency(Text(row, SnapshotColumn.ConcurrencyKey)!, (int)held)
            : null;
    }

    private static int Attempt(SqliteStatement row, EndPart? end, long? claimedAt) => (int)(
        end is not null ? Int64(row, EndedRuns)
        : claimedAt is not null ? Int64(row, HeldRuns) + 1
        : NullableInt64(row, ReadyRuns) ?? NullableInt64(row, ScheduledRuns) ?? NullableInt64(row, GatedRuns) ?? NullableInt64(row, WaitingRuns) ?? 0);

    /// <summary>The history; the run of a completed job and the current one have no row of their own.</summary>
    private static List<JobAttempt> Attempts(SqliteStatement row, List<Run> history, EndPart? end, long? claimedAt)
    {
        var attempts = history.ConvertAll(static run => run.Attempt);
        if (claimedAt is { } runningSince)
            attempts.Add(new JobAttempt(Attempt(row, end, claimedAt), StorageTime.To(runningSince), null, null, null, null, Text(row, HeldBy) ?? "", FailureReason.None));

        if (end is { Status: Sqlite.EndStatus.Completed } && NullableInt64(row, EndedStartedAt) is { } startedAt)
            attempts.Add(new JobAttempt(Attempt(row, end, claimedAt), StorageTime.To(startedAt), StorageTime.To(end.At), null, null, null, Text(row, EndedBy) ?? "", FailureReason.None));

        return attempts;
    }

    private List<Run> ReadRuns(long job)
    {
        var runs = new List<Run>();
        var read = statements["read-runs"].Bind(1, job);
        while (read.Step())
        {
            var attempt = new JobAttempt(
                read.Int32(0), StorageTime.To(read.Int64(3)), StorageTime.To(read.Int64(4)), read.NullableText(6), read.NullableText(7), read.NullableText(8), read.Text(2), ReasonText.Parse(read.NullableText(5)));
            runs.Add(new Run((RunKind)read.Int64(1), read.Int64(4), attempt));
        }

        return runs;
    }

    private static long Latest(long first, params ReadOnlySpan<long?> others)
    {
        foreach (var other in others)
            first = Math.Max(first, other ?? first);

        return first;
    }

    private static long? Later(long? first, long? second) => first > second || second is null ? first : second;

    private static long Int64(SqliteStatement row, SnapshotColumn column) => row.Int64((int)column);

    private static long? NullableInt64(SqliteStatement row, SnapshotColumn column) => row.NullableInt64((int)column);

    private static string? Text(SqliteStatement row, SnapshotColumn column) => row.NullableText((int)column);

    private sealed record EndPart(EndStatus Status, long At);

    private sealed record Run(RunKind Kind, long EndedAt, JobAttempt Attempt);
}
