using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization.Metadata;
using Jobs.Redaction;

namespace Jobs;

/// <summary>A job as it was declared.</summary>
/// <param name="Name">The stored name.</param>
/// <param name="Description">What the job does.</param>
/// <param name="Queue">The default queue.</param>
/// <param name="InputType">The input's type; null for a job without input.</param>
/// <param name="ResultType">The result's type; null for a job without result.</param>
/// <param name="MaxAttempts">How often the job may run, the first run included.</param>
/// <param name="Timeout">How long one attempt may run.</param>
/// <param name="IsDisabled">Whether the job is switched off.</param>
public sealed record JobDefinition(string Name, string? Description, string Queue, Type? InputType, Type? ResultType, int MaxAttempts, TimeSpan? Timeout, bool IsDisabled)
{
    private static readonly JsonElement _noInput = JsonDocument.Parse("""{"type":"object","additionalProperties":false}""").RootElement;

    /// <summary>Where the input's schema comes from; null for a job without input.</summary>
    internal Func<JsonTypeInfo>? InputJson { get; init; }

    /// <summary>Where the result's schema comes from; null for a job without result.</summary>
    internal Func<JsonTypeInfo>? ResultJson { get; init; }

    /// <summary>What is redacted in inputs; a value of null: nothing.</summary>
    internal Lazy<JsonRedaction?>? InputRedaction { get; init; }

    /// <summary>What is redacted in results; a value of null: nothing.</summary>
    internal Lazy<JsonRedaction?>? ResultRedaction { get; init; }

    /// <summary>The result's shape as JSON Schema 2020-12, made from the serialization metadata; null for a job without result.</summary>
    public JsonElement? ResultSchema => ResultJson is null ? null : Export(ResultJson());

    /// <summary>The input's shape as JSON Schema 2020-12, made from the serialization metadata.</summary>
    public JsonElement InputSchema => InputJson is null ? _noInput : Export(InputJson());

    /// <summary>An input of the job without the values of members with <see cref="RedactedAttribute"/>.</summary>
    /// <param name="input">The input as JSON.</param>
    public JsonElement RedactInput(JsonElement input) => InputRedaction?.Value is { } redaction ? redaction.Apply(input) : input;

    /// <summary>A result of the job without the values of members with <see cref="RedactedAttribute"/>.</summary>
    /// <param name="result">The result as JSON.</param>
    public JsonElement RedactResult(JsonElement result) => ResultRedaction?.Value is { } redaction ? redaction.Apply(result) : result;

    private static JsonElement Export(JsonTypeInfo typeInfo)
    {
        var schema = typeInfo.GetJsonSchemaAsNode(new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true });
        if (schema is JsonObject shape)
        {
            shape.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        }

        using var document = JsonDocument.Parse(schema.ToJsonString());
        return document.RootElement.Clone();
    }
}
