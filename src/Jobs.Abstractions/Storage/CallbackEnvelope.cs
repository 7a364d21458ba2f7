using System.Text.Json;

namespace Jobs.Storage;

/// <summary>Callbacks as the jobs that deliver them. Storages that end jobs in SQL write the same members there.</summary>
public static class CallbackEnvelope
{
    /// <summary>The stored name of the job that delivers callbacks.</summary>
    public const string JobName = "jobs.callback";

    /// <summary>The key in a callback's metadata under which the id of the ended job is.</summary>
    public const string MetadataKey = "callback-of";

    /// <summary>Where a job's end is told; null for nowhere.</summary>
    /// <param name="policy">The job's policy.</param>
    /// <param name="isCompleted">Whether it completed; otherwise it failed or was cancelled.</param>
    public static string? UrlOf(JobPolicy policy, bool isCompleted)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Callback is null ? null : isCompleted ? policy.OnCompleted : policy.OnFailed;
    }

    /// <summary>The job that delivers a callback.</summary>
    /// <param name="target">The job that delivers, as the ended job's policy has it.</param>
    /// <param name="delivery">What it tells.</param>
    /// <param name="details">What the ended job had of tags, metadata, submitter and trace; they go with the callback.</param>
    public static JobRecord CreateJob(FollowUpTarget target, CallbackDelivery delivery, JobDetails? details)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(delivery);
        var metadata = details is { Metadata.Count: > 0 } ? new Dictionary<string, string>(details.Metadata, StringComparer.Ordinal) : new Dictionary<string, string>(StringComparer.Ordinal);
        metadata[MetadataKey] = delivery.JobId.ToString();
        return new JobRecord
        {
            Name = target.Name,
            Queue = target.Queue,
            Priority = target.Priority,
            Policy = target.Policy,
            Payload = Write(delivery),
            Details = new JobDetails { Metadata = metadata, Tags = details?.Tags ?? [], Submitter = details?.Submitter, TraceParent = details?.TraceParent },
        };
    }

    /// <summary>Writes a callback as the payload of its job.</summary>
    /// <param name="delivery">What it tells.</param>
    public static byte[] Write(CallbackDelivery delivery) => JsonSerializer.SerializeToUtf8Bytes(delivery, CallbackDeliveryJson.Default.CallbackDelivery);

    /// <summary>Reads a callback from the payload of its job.</summary>
    /// <param name="payload">The payload.</param>
    /// <exception cref="JsonException">The payload is no callback.</exception>
    public static CallbackDelivery Read(ReadOnlySpan<byte> payload) =>
        JsonSerializer.Deserialize(payload, CallbackDeliveryJson.Default.CallbackDelivery) ?? throw new JsonException("A callback is an object.");
}
