namespace Jobs.Generator.Models;

/// <summary>An object that checks share, constructed once.</summary>
internal sealed record ValidationFieldModel(string Name, string TypeName, string Construction, bool IsUnsafeForTrimming);
