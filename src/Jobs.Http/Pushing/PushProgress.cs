using System.Text.Json;

namespace Jobs.Http.Pushing;

/// <summary>How far the handler is.</summary>
internal sealed record PushProgress(double Percent, string? Message = null, JsonElement? Data = null);
