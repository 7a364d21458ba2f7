using System.Text.Json;

namespace Jobs.Http.Wire;

/// <summary>The answer to a wait.</summary>
internal sealed record WaitAnswer
{
    /// <summary>What the handler gets: any JSON.</summary>
    public required JsonElement Answer { get; init; }
}
