using System.Text.Json;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    public async ValueTask<IReadOnlyList<JobStep>?> ListStepsAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var steps = await storage.ReadStepsAsync(id, cancellationToken).ConfigureAwait(false);
        return steps is null ? null : [.. steps.Select(static step => new JobStep(step.Name, step.Kind, step.Status, step.StoredAt, step.DueAt, Parse(step.Value)))];
    }

    public ValueTask<JobWaitCompletion> CompleteWaitAsync(string token, JsonElement answer, CancellationToken cancellationToken = default) =>
        CompleteWaitAsync<JsonElement>(token, answer, cancellationToken);

    public async ValueTask<JobWaitCompletion> CompleteWaitAsync<T>(string token, T answer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(token);
        var value = JsonSerializer.SerializeToUtf8Bytes(answer, runtime.Registry.GetJson<T>());
        var limit = runtime.Settings.Limits.MaxResultBytes;
        if (value.Length > limit)
        {
            throw new JobException(JobErrorCodes.PayloadTooLarge, $"The answer has {value.Length:N0} bytes as JSON; {limit:N0} are allowed. Store large data elsewhere and answer with a reference, or raise Limits.MaxResultBytes.");
        }

        if (!JobWaitToken.TryParse(token, out var parsed))
        {
            return JobWaitCompletion.NotFound;
        }

        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        return await storage.CompleteWaitAsync(parsed, value, cancellationToken).ConfigureAwait(false);
    }

    private static JsonElement? Parse(byte[]? json)
    {
        if (json is null)
        {
            return null;
        }

        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
