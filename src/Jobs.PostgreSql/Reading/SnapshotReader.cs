using System.Collections.Frozen;
using System.Text.Json;
using Jobs.Storage;
using Npgsql;

namespace Jobs.PostgreSql;

/// <summary>Reads snapshots from the view job_state and the history beside it.</summary>
internal static class SnapshotReader
{
    private const int Retried = 1;
    private const int Failed = 2;

    /// <summary>The columns in the order of <see cref="Read"/>; the view is s, the history a.</summary>
    public static string Columns(JobParts parts) =>
        $"""
        s.pack, s.slot, s.id, s.name, s.queue, s.priority, s.policy, s.created_at, s.run_at,
        s.idempotency_key, s.submitter, s.tags, s.metadata::text, s.trace_parent,
        s.status, s.attempt, s.next_attempt_at, s.started_at, s.ended_at, s.locked_at, s.worker,
        s.reason, s.error, s.cancelled_at, s.progress, s.progress_message, s.progress_at,
        {((parts & JobParts.Payload) != 0 ? "s.payload" : "NULL")}, {((parts & JobParts.Result) != 0 ? "s.results" : "NULL")}, s.result_index, s.result_count,
        a.numbers, a.outcomes, a.workers, a.started, a.ended, a.reasons, a.error_types, a.errors, a.stack_traces, t.now,
        dl.letter_pack, dl.letter_slot, dl.at AS dead_lettered_at, s.progress_data,
        s.schedule_id,
        s.changed_at, s.retried_at, s.reopened_attempt, s.reopened_failed_at, s.reopened_reason, s.reopened_error,
        s.concurrency_key, s.ordering_key, s.dependencies, s.held_by_key, coalesce(s.key_concurrency, 1),
        s.awaited_name, s.awaited_kind
        """;

    /// <summary>The joins that <see cref="Columns"/> needs beside the view.</summary>
    public static string Joins(string schema) =>
        $"""
        LEFT JOIN LATERAL (
            SELECT array_agg(q.number ORDER BY q.token, q.ended_at) AS numbers, array_agg(q.outcome ORDER BY q.token, q.ended_at) AS outcomes,
                array_agg(q.worker ORDER BY q.token, q.ended_at) AS workers, array_agg(q.started_at ORDER BY q.token, q.ended_at) AS started,
                array_agg(q.ended_at ORDER BY q.token, q.ended_at) AS ended, array_agg(q.reason ORDER BY q.token, q.ended_at) AS reasons,
                array_agg(q.error_type ORDER BY q.token, q.ended_at) AS error_types, array_agg(q.error ORDER BY q.token, q.ended_at) AS errors,
                array_agg(q.stack_trace ORDER BY q.token, q.ended_at) AS stack_traces
            FROM {schema}.attempt q WHERE q.pack = s.pack AND q.slot = s.slot) a ON true
        LEFT JOIN {schema}.dead_letter dl ON dl.pack = s.pack AND dl.slot = s.slot
        CROSS JOIN (SELECT (SELECT {schema}.clock()) AS now) t
        """;

    public static JobSnapshot Read(NpgsqlDataReader reader, JobId id, JobIdCodec ids)
    {
        var policy = PolicyOf(Text(reader, 6));
        var (status, attempt) = ((JobStatus)reader.GetInt32(14), reader.GetInt32(15));
        var (nextAttemptAt, startedAt, endedAt) = (Time(reader, 16), Time(reader, 17), Time(reader, 18));
        var (cancelledAt, progressAt) = (Time(reader, 23), Time(reader, 26));
        var createdAt = Time(reader, 7)!.Value;
        var (attempts, outcomes) = ReadAttempts(reader);
        var (lastFailed, lastRetried) = (LastOf(attempts, outcomes, static o => o is Retried or Failed), LastOf(attempts, outcomes, static o => o == Retried));
        var (changedAt, retriedAt, reopenedFailedAt) = (Time(reader, 46), Time(reader, 47), Time(reader, 49));
        var isReopened = !reader.IsDBNull(48) && !(lastFailed?.Number > reader.GetInt32(48));
        var isEnded = status is JobStatus.Completed or JobStatus.Failed or JobStatus.Cancelled;
        var changed = new[] { createdAt, startedAt, cancelledAt, progressAt, changedAt, attempts.Count > 0 ? attempts[^1].EndedAt : null }.Max();
        var last = status switch
        {
            JobStatus.Running => new JobAttempt(attempt, startedAt!.Value, null, null, null, null, reader.GetString(20), FailureReason.None),
            JobStatus.Completed => new JobAttempt(attempt, startedAt!.Value, endedAt, null, null, null, reader.GetString(20), FailureReason.None),
            _ => null,
        };
        startedAt ??= attempts.Count > 0 ? attempts[^1].StartedAt : null;
        var (error, reason) = status switch
        {
            JobStatus.Failed => (Text(reader, 22), (FailureReason)reader.GetInt16(21)),
            JobStatus.Pending or JobStatus.Waiting or JobStatus.Running when isReopened => (Text(reader, 51), (FailureReason)reader.GetInt16(50)),
            JobStatus.Pending or JobStatus.Waiting or JobStatus.Running when lastFailed is not null => (lastFailed.ErrorMessage, lastFailed.Reason),
            _ => (null, FailureReason.None),
        };
        return new JobSnapshot
        {
            Id = id,
            Name = reader.GetString(3),
            Queue = reader.GetString(4),
            Status = status,
            IsDelayed = nextAttemptAt > Time(reader, 40),
            Priority = reader.GetInt32(5),
            Attempt = attempt,
            MaxAttempts = Math.Max(policy.MaxAttempts, status is JobStatus.Pending or JobStatus.Waiting ? attempt + 1 : attempt),
            CreatedAt = createdAt,
            UpdatedAt = isEnded ? endedAt!.Value : changed!.Value,
            RunAt = Time(reader, 8)!.Value,
            NextAttemptAt = nextAttemptAt,
            StartedAt = startedAt,
            CompletedAt = endedAt,
            LastFailedAt = status == JobStatus.Failed ? endedAt : Later(lastFailed?.EndedAt, reopenedFailedAt),
            LastRetriedAt = Later(lastRetried?.EndedAt, retriedAt),
            LastCancelledAt = cancelledAt,
            LockedAt = Time(reader, 19),
            LockedBy = status == JobStatus.Running ? Text(reader, 20) : null,
            Timeout = policy.Timeout,
            Progress = reader.IsDBNull(24) ? null : reader.GetDouble(24),
            ProgressMessage = Text(reader, 25),
            ProgressData = Text(reader, reader.GetOrdinal("progress_data")) is { } data ? Parse(System.Text.Encoding.UTF8.GetBytes(data)) : null,
            LastProgressAt = progressAt,
            Error = error,
            FailureReason = reason,
            Attempts = last is null ? attempts : [.. attempts, last],
            Tags = reader.IsDBNull(11) ? [] : reader.GetFieldValue<string[]>(11),
            Metadata = MetadataOf(Text(reader, 12)),
            IdempotencyKey = Text(reader, 9),
            ConcurrencyKey = Text(reader, 52),
            OrderingKey = Text(reader, 53),
            PendingReason = status is JobStatus.Pending or JobStatus.Waiting && nextAttemptAt is { } due ? PendingReason(reader, due) : null,
            Submitter = Text(reader, 10),
            ScheduleId = Text(reader, reader.GetOrdinal("schedule_id")),
            DeadLetterJobId = reader.IsDBNull(reader.GetOrdinal("letter_pack"))
                ? null
                : ids.Encode(new JobPlace(reader.GetInt64(reader.GetOrdinal("letter_pack")), reader.GetInt32(reader.GetOrdinal("letter_slot")))),
            DeadLetteredAt = Time(reader, reader.GetOrdinal("dead_lettered_at")),
            TraceParent = Text(reader, 13),
            Payload = reader.IsDBNull(27) ? null : Parse(reader.GetFieldValue<byte[]>(27)),
            ResultJson = reader.IsDBNull(28) ? null : Parse(ResultFrame.Read(reader.GetFieldValue<byte[]>(28), reader.GetInt32(29), reader.GetInt32(30))),
        };
    }

    private static string? PendingReason(NpgsqlDataReader reader, DateTimeOffset dueAt)
    {
        if (!reader.IsDBNull(54))
            return reader.GetInt64(54) is > 0 and var count ? PendingReasonText.Dependencies((int)count) : PendingReasonText.Ordering(Text(reader, 53) ?? "");

        if (Text(reader, reader.GetOrdinal("awaited_name")) is { } wait)
            return PendingReasonText.Waiting(wait, (JobStepKind)reader.GetInt16(reader.GetOrdinal("awaited_kind")), dueAt);

        if (dueAt > Time(reader, 40))
            return PendingReasonText.Delayed(dueAt);

        return !reader.IsDBNull(55) && reader.GetInt64(55) >= reader.GetInt32(56)
            ? PendingReasonText.Concurrency(Text(reader, 52)!, (int)reader.GetInt64(55))
            : null;
    }

    private static (List<JobAttempt> Attempts, short[] Outcomes) ReadAttempts(NpgsqlDataReader reader)
    {
        if (reader.IsDBNull(31))
            return ([], []);

        var numbers = reader.GetFieldValue<int[]>(31);
        var outcomes = reader.GetFieldValue<short[]>(32);
        var workers = reader.GetFieldValue<string[]>(33);
        var (started, ended) = (reader.GetFieldValue<DateTime[]>(34), reader.GetFieldValue<DateTime[]>(35));
        var reasons = reader.GetFieldValue<short[]>(36);
        var (types, errors, stacks) = (reader.GetFieldValue<string?[]>(37), reader.GetFieldValue<string?[]>(38), reader.GetFieldValue<string?[]>(39));
        var attempts = new List<JobAttempt>(numbers.Length + 1);
        for (var i = 0; i < numbers.Length; i++)
            attempts.Add(new JobAttempt(numbers[i], started[i], ended[i], types[i], errors[i], stacks[i], workers[i], (FailureReason)reasons[i]));

        return (attempts, outcomes);
    }

    private static JobAttempt? LastOf(List<JobAttempt> attempts, short[] outcomes, Func<short, bool> isMeant)
    {
        for (var i = outcomes.Length - 1; i >= 0; i--)
        {
            if (isMeant(outcomes[i]))
                return attempts[i];
        }

        return null;
    }

    private static DateTimeOffset? Later(DateTimeOffset? first, DateTimeOffset? second) => first > second || second is null ? first : second;

    private static string? Text(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? Time(NpgsqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);

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

    /// <summary>A row that somebody edited into nonsense is still shown.</summary>
    private static JobPolicy PolicyOf(string? text)
    {
        try
        {
            return JobPolicy.Parse(text);
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException)
        {
            return JobPolicy.Default;
        }
    }

    private static IReadOnlyDictionary<string, string> MetadataOf(string? json)
    {
        try
        {
            return json is null ? FrozenDictionary<string, string>.Empty : ClaimReader.ReadMetadata(json);
        }
        catch (FormatException)
        {
            return FrozenDictionary<string, string>.Empty;
        }
    }
}
