using System.Diagnostics;
using System.Text.Json;
using Jobs.Storage;

namespace Jobs.Http.Pushing;

/// <summary>Attempts and their ends on the wire, in both directions.</summary>
internal static class PushWire
{
    /// <summary>Has the runtime find out the delay by the job's backoff.</summary>
    public static readonly TimeSpan ByBackoff = System.Threading.Timeout.InfiniteTimeSpan;

    /// <param name="job">The attempt.</param>
    /// <param name="timeout">How long it may run.</param>
    /// <exception cref="JsonException">What is stored is no JSON.</exception>
    public static byte[] Write(in ClaimedJob job, TimeSpan timeout)
    {
        var record = job.Record;

        // What follows the job's end is the dispatcher's business.
        var policy = record.Policy with { Timeout = timeout, DeadLetter = null, Callback = null, OnCompleted = null, OnFailed = null };
        using var input = record.Payload.Length == 0 ? null : JsonDocument.Parse(record.Payload);
        var request = new PushRequest
        {
            JobId = job.Id,
            Name = record.Name,
            Queue = record.Queue,
            Attempt = job.Attempt,
            MaxAttempts = Math.Max(policy.MaxAttempts, job.Attempt),
            Priority = record.Priority,
            CreatedAt = job.CreatedAt,
            ClaimedAt = job.ClaimedAt,
            Policy = policy.Format(),
            Tags = record.Details?.Tags is { Count: > 0 } tags ? tags : null,
            Metadata = record.Details?.Metadata is { Count: > 0 } metadata ? metadata : null,
            Submitter = record.Details?.Submitter,
            TraceParent = Activity.Current?.Id ?? record.Details?.TraceParent,
            Input = input?.RootElement,
        };
        return JsonSerializer.SerializeToUtf8Bytes(request, PushJson.Default.PushRequest);
    }

    /// <exception cref="JsonException">It is no such request.</exception>
    /// <exception cref="FormatException">Its policy is none.</exception>
    public static ClaimedJob Read(ReadOnlySpan<byte> body)
    {
        var request = JsonSerializer.Deserialize(body, PushJson.Default.PushRequest) ?? throw new JsonException("The body is null; an object is expected.");
        if (request.Attempt < 1)
        {
            throw new JsonException("The attempt must be at least 1.");
        }

        var details = new JobDetails { Tags = request.Tags ?? [], Metadata = request.Metadata ?? new JobDetails().Metadata, Submitter = request.Submitter, TraceParent = request.TraceParent };
        var kind = new JobKind(request.Name, request.Queue, request.Priority, JobPolicy.Parse(request.Policy));
        var payload = request.Input is { } input ? JsonSerializer.SerializeToUtf8Bytes(input, PushJson.Default.JsonElement) : [];
        return new ClaimedJob(new StoredJob(request.JobId, request.CreatedAt, kind, payload, details), default, request.Attempt, request.ClaimedAt);
    }

    /// <summary>What to answer about an attempt that did not complete.</summary>
    public static PushProblem Describe(in JobOutcome outcome)
    {
        var (status, code) = outcome switch
        {
            { Kind: JobOutcomeKind.Snoozed } => (503, PushCodes.Snoozed),
            { Kind: JobOutcomeKind.Released } => (503, PushCodes.Stopping),
            { Kind: JobOutcomeKind.Cancelled } => (503, PushCodes.Cancelled),
            { Reason: FailureReason.Timeout } => (504, PushCodes.Timeout),
            { Reason: FailureReason.NonRetryable } => (422, PushCodes.NonRetryable),
            { Reason: FailureReason.InvalidPayload } => (422, PushCodes.InvalidPayload),
            { Reason: FailureReason.NoHandler } => (404, PushCodes.NoHandler),
            _ => (500, PushCodes.HandlerError),
        };
        return new PushProblem
        {
            Status = status,
            Code = code,
            Detail = outcome.Error?.Message,
            JobId = outcome.Id,
            ErrorType = outcome.Error?.Type,
            StackTrace = outcome.Error?.StackTrace,
            RetryAfter = outcome.Kind is JobOutcomeKind.Failed or JobOutcomeKind.Cancelled ? null : Text(outcome.Delay),
            IsFinal = outcome.Kind is JobOutcomeKind.Failed,
        };
    }

    /// <summary>The end that a problem tells of; null for a code that is none of ours.</summary>
    public static JobOutcome? Read(PushProblem problem, in ClaimedJob job)
    {
        TimeSpan? delay = JobDuration.TryParse(problem.RetryAfter, out var value) ? value.Value : null;
        var error = new JobError(problem.ErrorType, problem.Detail ?? "The receiver does not say why.", problem.StackTrace);
        FailureReason? reason = problem.Code switch
        {
            PushCodes.HandlerError => FailureReason.HandlerError,
            PushCodes.Timeout => FailureReason.Timeout,
            PushCodes.NonRetryable => FailureReason.NonRetryable,
            PushCodes.InvalidPayload => FailureReason.InvalidPayload,
            PushCodes.NoHandler => FailureReason.NoHandler,
            _ => null,
        };
        return problem.Code switch
        {
            PushCodes.Snoozed or PushCodes.Busy => End(job, JobOutcomeKind.Snoozed) with { Delay = delay ?? TimeSpan.FromSeconds(1) },
            PushCodes.Stopping => End(job, JobOutcomeKind.Released) with { Delay = delay ?? TimeSpan.Zero },
            PushCodes.NonRetryable or PushCodes.InvalidPayload or PushCodes.NoHandler => Failed(job, reason!.Value, error),
            PushCodes.HandlerError or PushCodes.Timeout when problem.IsFinal => Failed(job, reason!.Value, error),
            PushCodes.HandlerError or PushCodes.Timeout => End(job, JobOutcomeKind.Retry) with { Reason = reason!.Value, Error = error, Delay = delay ?? ByBackoff },
            _ => null,
        };
    }

    public static JobOutcome End(in ClaimedJob job, JobOutcomeKind kind) => new() { Id = job.Id, Lease = job.Lease, Kind = kind };

    public static JobOutcome Failed(in ClaimedJob job, FailureReason reason, JobError error) => End(job, JobOutcomeKind.Failed) with { Reason = reason, Error = error };

    public static JobOutcome Retry(in ClaimedJob job, FailureReason reason, string message, TimeSpan? delay = null) =>
        End(job, JobOutcomeKind.Retry) with { Reason = reason, Error = new JobError(null, message, null), Delay = delay ?? ByBackoff };

    /// <summary>A duration as text, to the millisecond that it has begun.</summary>
    public static string Text(TimeSpan value) => ((JobDuration)TimeSpan.FromMilliseconds(Math.Ceiling(value.TotalMilliseconds))).ToString();
}
