namespace Jobs.Sqlite;

/// <summary>The columns of Sql/snapshot.sql.</summary>
internal enum SnapshotColumn
{
    Job, Tail, ExplicitId, Name, Queue, Priority, Policy, CreatedAt, RunAt,
    IdempotencyKey, Submitter, Tags, Metadata, TraceParent,
    ReadyDueAt, ReadyRuns,
    ScheduledDueAt, ScheduledRuns,
    ClaimedAt, HeldRuns, HeldCancelAt, HeldBy,
    EndStatus, EndedAt, EndedRuns, EndedStartedAt, EndedCancelAt, EndedReason, EndedError, EndedBy,
    Percent, ProgressMessage, ProgressAt,
    Payload, Result,
    DeadLetter, DeadLetteredAt, ProgressData,
    ScheduleId,
    GatedDueAt, GatedRuns, WaitingDueAt, WaitingRuns, WaitingDependencies,
    ConcurrencyKey, KeyConcurrency, OrderingKey,
    HeldByGate,
    ChangedAt, UserRetriedAt, ReopenedRuns, ReopenedFailedAt, ReopenedReason, ReopenedError, ReopenedCancelAt,
    AwaitedName, AwaitedKind,
}
