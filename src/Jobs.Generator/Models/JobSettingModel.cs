namespace Jobs.Generator.Models;

/// <summary>A property of <c>JobDefaults</c> and the C# expression that it is set to.</summary>
internal sealed record JobSettingModel(string Property, string Value);
