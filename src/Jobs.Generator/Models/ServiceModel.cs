namespace Jobs.Generator.Models;

/// <summary>A constructor parameter and where its argument comes from.</summary>
/// <param name="Type">The service's type, qualified; for an optional one without its nullable annotation.</param>
/// <param name="Kind">How it is resolved.</param>
/// <param name="Key">The key as a C# expression, for keyed services.</param>
/// <param name="Fallback">What an optional parameter gets when there is no such service, as a C# expression; null where a null will do.</param>
internal sealed record ServiceModel(string Type, ServiceKind Kind, string? Key = null, string? Fallback = null);
