using System.Text.Json;

namespace Jobs.Http.Wire;

/// <summary>A job that this service knows.</summary>
internal sealed record JobDefinitionBody(
    string Name,
    string? Description,
    string Queue,
    int MaxAttempts,
    JobDuration? Timeout,
    bool IsDisabled,
    JsonElement InputSchema,
    JsonElement? ResultSchema)
{
    public static JobDefinitionBody From(JobDefinition job) =>
        new(job.Name, job.Description, job.Queue, job.MaxAttempts, job.Timeout, job.IsDisabled, job.InputSchema, job.ResultSchema);
}
