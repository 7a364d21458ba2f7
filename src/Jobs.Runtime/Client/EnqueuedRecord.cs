using System.Diagnostics;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>Turns an input's bytes and a call's options into the record that is stored: call before job before queue before product.</summary>
internal static class EnqueuedRecord
{
    public static JobRecord Create(RegisteredJob job, byte[] payload, EnqueueOptions? options, int maxPayloadBytes)
    {
        if (job.IsDisabled)
        {
            throw new JobException(JobErrorCodes.Disabled, $"Job '{job.Name}' is switched off ([Job(Disabled = true)]). Nothing was stored; switch it on to enqueue it.");
        }

        if (payload.Length > maxPayloadBytes)
        {
            throw new JobException(JobErrorCodes.PayloadTooLarge, $"The input of job '{job.Name}' has {payload.Length:N0} bytes as JSON; {maxPayloadBytes:N0} are allowed. Store large data elsewhere and send a reference, or raise Limits.MaxPayloadBytes.");
        }

        var activity = Activity.Current;
        var trace = activity is { IdFormat: ActivityIdFormat.W3C } ? activity.Id : null;
        if (options is null)
        {
            return new JobRecord
            {
                Name = job.Name,
                Queue = job.Queue,
                Priority = job.Priority,
                Payload = payload,
                Policy = job.Policy,
                Details = trace is null ? null : new JobDetails { TraceParent = trace },
            };
        }

        EnqueueRules.Check(options);
        var queue = options.Queue ?? job.Queue;
        return new JobRecord
        {
            Name = job.Name,
            Queue = queue,
            Priority = options.Priority ?? job.Priority,
            Payload = payload,
            Policy = Policy(job.PolicyFor(queue), options),
            RunAt = options.RunAt,
            Delay = options.RunAt is null && options.Delay is { } delay ? delay.Value : TimeSpan.Zero,
            Details = Details(options, trace),
        };
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

    private static JobDetails? Details(EnqueueOptions options, string? trace)
    {
        if (options.Id is null && options.IdempotencyKey is null && options.Submitter is null && options.Tags is not { Count: > 0 } && options.Metadata is not { Count: > 0 })
        {
            return trace is null ? null : new JobDetails { TraceParent = trace };
        }

        var details = new JobDetails { Id = options.Id, IdempotencyKey = options.IdempotencyKey, Submitter = options.Submitter, TraceParent = trace };
        if (options.Tags is { Count: > 0 } tags)
        {
            details = details with { Tags = [.. tags.Distinct(StringComparer.Ordinal)] };
        }

        // Copied, because the caller may go on to change what it passed.
        return options.Metadata is { Count: > 0 } metadata ? details with { Metadata = new Dictionary<string, string>(metadata, StringComparer.Ordinal) } : details;
    }
}
