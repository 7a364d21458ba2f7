using System.Text.Json;
using Jobs.Storage;

namespace Jobs.InMemory;

/// <summary>Makes snapshots of entries. JSON is parsed apart, outside the storage's lock.</summary>
internal static class SnapshotMaker
{
    public static JobStatus StatusOf(JobEntry entry, long now) =>
        (entry.Place == EntryPlace.Waiting && entry.Extra!.Links!.Dependencies.Count > 0) || entry.AwaitedAt(now) is not null ? JobStatus.Waiting : StatusOf(entry.Place);

    private static JobStatus StatusOf(EntryPlace place) => place switch
    {
        EntryPlace.Ready or EntryPlace.Scheduled or EntryPlace.Waiting => JobStatus.Pending,
        EntryPlace.Held => JobStatus.Running,
        EntryPlace.Completed => JobStatus.Completed,
        EntryPlace.Failed => JobStatus.Failed,
        EntryPlace.Cancelled => JobStatus.Cancelled,
        _ => throw new InvalidOperationException("A removed job has no status."),
    };

    public static JobSnapshot Describe(JobEntry entry, long now, ConcurrencyGates gates)
    {
        var (details, extra) = (entry.Details, entry.Extra);
        var isHeld = entry.Place == EntryPlace.Held;
        var isPending = entry.Place is EntryPlace.Ready or EntryPlace.Scheduled or EntryPlace.Waiting;
        return new JobSnapshot
        {
            Id = entry.Id,
            Name = entry.Name,
            Queue = entry.Queue,
            Status = StatusOf(entry, now),
            IsDelayed = isPending && entry.At > now,
            Priority = entry.Priority,
            Attempt = isHeld ? entry.Attempts + 1 : entry.Attempts,
            MaxAttempts = Math.Max(entry.Policy.MaxAttempts, entry.HasEnded ? entry.Attempts : entry.Attempts + 1),
            CreatedAt = entry.CreatedAt,
            UpdatedAt = Ticks.ToTime(entry.HasEnded ? entry.At : Math.Max(Math.Max(entry.CreatedTicks, entry.ClaimedAt), extra?.ChangedAt ?? 0)),
            RunAt = Ticks.ToTime(InMemoryStorage.FirstDue(entry, entry.CreatedTicks)),
            NextAttemptAt = isPending ? Ticks.ToTime(entry.At) : null,
            StartedAt = Ticks.ToTimeOrNull(entry.ClaimedAt),
            CompletedAt = entry.HasEnded ? Ticks.ToTime(entry.At) : null,
            LastFailedAt = Ticks.ToTimeOrNull(extra?.LastFailedAt ?? 0),
            LastRetriedAt = Ticks.ToTimeOrNull(extra?.LastRetriedAt ?? 0),
            LastCancelledAt = Ticks.ToTimeOrNull(extra?.LastCancelledAt ?? 0),
            LockedAt = isHeld ? Ticks.ToTime(entry.ClaimedAt) : null,
            LockedBy = isHeld ? entry.Worker!.Id : null,
            Timeout = entry.Policy.Timeout,
            Progress = extra?.Progress,
            ProgressMessage = extra?.ProgressMessage,
            ProgressData = extra?.ProgressData is { } data ? Parse(System.Text.Encoding.UTF8.GetBytes(data)) : null,
            LastProgressAt = Ticks.ToTimeOrNull(extra?.LastProgressAt ?? 0),
            Error = extra?.Error,
            FailureReason = extra?.Reason ?? FailureReason.None,
            PendingReason = isPending ? PendingReasons.Of(entry, now, gates) : null,
            Attempts = HistoryOf(entry),
            Tags = details?.Tags ?? [],
            Metadata = details?.Metadata ?? System.Collections.Frozen.FrozenDictionary<string, string>.Empty,
            IdempotencyKey = details?.IdempotencyKey,
            ConcurrencyKey = details?.ConcurrencyKey,
            OrderingKey = details?.OrderingKey,
            Submitter = details?.Submitter,
            ScheduleId = details?.ScheduleId,
            DeadLetterJobId = extra?.DeadLetterId,
            DeadLetteredAt = Ticks.ToTimeOrNull(extra?.DeadLetteredAt ?? 0),
            TraceParent = details?.TraceParent,
        };
    }

    public static JobSnapshot AddParts(JobSnapshot snapshot, JobParts parts, byte[] payload, byte[]? result) =>
        parts == JobParts.None
            ? snapshot
            : snapshot with
            {
                Payload = (parts & JobParts.Payload) != 0 ? Parse(payload) : null,
                ResultJson = (parts & JobParts.Result) != 0 ? Parse(result) : null,
            };

    private static JobAttempt[] HistoryOf(JobEntry entry)
    {
        var ended = entry.Extra?.History;
        JobAttempt? last = entry.Place switch
        {
            EntryPlace.Held => Run(entry.Attempts + 1, endedAt: null),
            EntryPlace.Completed => Run(entry.Attempts, Ticks.ToTime(entry.At)),
            _ => null,
        };

        if (last is null)
            return ended is null ? [] : [.. ended];

        return ended is null ? [last] : [.. ended, last];

        JobAttempt Run(int number, DateTimeOffset? endedAt) =>
            new(number, Ticks.ToTime(entry.ClaimedAt), endedAt, null, null, null, entry.Worker!.Id, FailureReason.None);
    }

    /// <summary>The JSON; null when there is none, or when it is not JSON, which the worker will say of the job.</summary>
    private static JsonElement? Parse(byte[]? json)
    {
        if (json is null or { Length: 0 })
            return null;

        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
