using System.Diagnostics;
using Jobs.Hosting;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>Turns an input's bytes and a call's options into the record that is stored: call before job before queue before product.</summary>
internal static class EnqueuedRecord
{
    public static JobRecord Create(JobsRuntime runtime, RegisteredJob job, byte[] payload, EnqueueOptions? options)
    {
        CheckEnabled(job);
        CheckSize(runtime, job.Name, payload);
        var trace = CurrentTrace();
        if (options is null)
        {
            return runtime.CreateRecord(job.Kind, payload, trace is null ? null : new JobDetails { TraceParent = trace });
        }

        EnqueueRules.Check(options);
        var details = Details(job, options, options.IdempotentByInput ? InputHash.KeyOf(payload) : options.IdempotencyKey, trace);
        return options.RunAt is null && options.Delay is not { Value.Ticks: > 0 }
            ? runtime.CreateRecord(Kind(runtime, job, options), payload, details)
            : new JobRecord(Kind(runtime, job, options), payload, details) { RunAt = options.RunAt, Delay = options.RunAt is null ? options.Delay!.Value.Value : TimeSpan.Zero };
    }

    /// <summary>A record like another one, due now, without the identity of that.</summary>
    public static JobRecord Copy(JobsRuntime runtime, RegisteredJob job, JobRecord original, byte[] payload)
    {
        CheckEnabled(job);
        CheckSize(runtime, job.Name, payload);
        var kind = original.Name == job.Name ? original.Kind : original.Kind with { Name = job.Name };
        var trace = CurrentTrace();
        var details = original.Details is { } given ? given with { Id = null, IdempotencyKey = null, ScheduleId = null, TraceParent = trace }
            : trace is null ? null : new JobDetails { TraceParent = trace };
        return runtime.CreateRecord(kind, payload, details);
    }

    public static void CheckSize(JobsRuntime runtime, string name, byte[] payload)
    {
        var maxPayloadBytes = runtime.Settings.Limits.MaxPayloadBytes;
        if (payload.Length > maxPayloadBytes)
        {
            throw new JobException(JobErrorCodes.PayloadTooLarge, $"The input of job '{name}' has {payload.Length:N0} bytes as JSON; {maxPayloadBytes:N0} are allowed. Store large data elsewhere and send a reference, or raise Limits.MaxPayloadBytes.");
        }
    }

    private static void CheckEnabled(RegisteredJob job)
    {
        if (job.IsDisabled)
        {
            throw new JobException(JobErrorCodes.Disabled, $"Job '{job.Name}' is switched off ([Job(Disabled = true)]). Nothing was stored; switch it on to enqueue it.");
        }
    }

    private static string? CurrentTrace() => Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity ? activity.Id : null;

    private static JobKind Kind(JobsRuntime runtime, RegisteredJob job, EnqueueOptions options)
    {
        var queue = options.Queue ?? job.Queue;
        var priority = options.Priority ?? job.Priority;
        var policy = Policy(job.PolicyFor(queue), options);
        if (options.OnCompleted is not null || options.OnFailed is not null)
        {
            policy = Callbacks.AddTo(policy, runtime, options);
        }

        return priority == job.Priority && queue == job.Queue && ReferenceEquals(policy, job.Policy) ? job.Kind : new JobKind(job.Name, queue, priority, policy);
    }

    private static JobPolicy Policy(JobPolicy defaults, EnqueueOptions options)
    {
        var setsNothing = options.MaxAttempts is null && options.Backoff is null && options.BackoffDelay is null && options.MaxBackoffDelay is null
            && options.Jitter is null && options.Timeout is null && options.RetainCompleted is null && options.RetainFailed is null;
        return setsNothing
            ? defaults
            : defaults with
            {
                MaxAttempts = options.MaxAttempts ?? defaults.MaxAttempts,
                Backoff = options.Backoff is null or BackoffKind.Default ? defaults.Backoff : options.Backoff.Value,
                BackoffDelay = options.BackoffDelay?.Value ?? defaults.BackoffDelay,
                MaxBackoffDelay = options.MaxBackoffDelay?.Value ?? defaults.MaxBackoffDelay,
                Jitter = options.Jitter ?? defaults.Jitter,
                Timeout = options.Timeout?.Value ?? defaults.Timeout,
                RetainCompleted = options.RetainCompleted?.Value ?? defaults.RetainCompleted,
                RetainFailed = options.RetainFailed?.Value ?? defaults.RetainFailed,
            };
    }

    private static JobDetails? Details(RegisteredJob job, EnqueueOptions options, string? idempotencyKey, string? trace)
    {
        var isPlain = options.Id is null && idempotencyKey is null && options.Submitter is null && options.Tags is not { Count: > 0 } && options.Metadata is not { Count: > 0 };
        var isScheduledByKeys = options.ConcurrencyKey is not null || options.OrderingKey is not null || options.FairnessKey is not null || options.Lifo || options.DependsOn is { Count: > 0 };
        if (isPlain && !isScheduledByKeys)
        {
            return trace is null ? null : new JobDetails { TraceParent = trace };
        }

        var details = new JobDetails { Id = options.Id, IdempotencyKey = idempotencyKey, Submitter = options.Submitter, TraceParent = trace };
        if (options.IdempotencyWindow is not null || options.OnDuplicate != OnDuplicate.Keep)
        {
            details = details with { IdempotencyWindow = options.IdempotencyWindow?.Value, OnDuplicate = options.OnDuplicate };
        }

        if (isScheduledByKeys)
        {
            details = details with
            {
                ConcurrencyKey = options.ConcurrencyKey,
                KeyConcurrency = job.KeyConcurrency,
                OrderingKey = options.OrderingKey,
                FairnessKey = options.FairnessKey,
                Lifo = options.Lifo,
                DependsOn = options.DependsOn is { Count: > 0 } dependencies ? [.. dependencies.Distinct()] : [],
            };
        }

        if (options.Tags is { Count: > 0 } tags)
        {
            details = details with { Tags = [.. tags.Distinct(StringComparer.Ordinal)] };
        }

        // Copied, because the caller may go on to change what it passed.
        return options.Metadata is { Count: > 0 } metadata ? details with { Metadata = new Dictionary<string, string>(metadata, StringComparer.Ordinal) } : details;
    }
}
