using System.Text.Json;

namespace Jobs.Http.Wire;

/// <summary>A job to enqueue.</summary>
internal sealed record SubmitBody
{
    /// <summary>The input; left out for a job without.</summary>
    public JsonElement Input { get; init; }

    public SubmitOptions? Options { get; init; }
}
