namespace Jobs.Generator.Contracts;

/// <summary>A difference between what is recorded and what the code says now.</summary>
/// <param name="IsBreak">Whether texts that are already queued, or workers of the previous version, cannot cope with it.</param>
/// <param name="Path">Where it is, such as <c>input.lines[].sku</c>.</param>
/// <param name="Message">What it is.</param>
/// <param name="Type">The type of now that it is in; null for the input or result itself.</param>
/// <param name="Member">The member of that type, by its name in JSON; null for the type itself.</param>
internal sealed record ContractChange(bool IsBreak, string Path, string Message, string? Type, string? Member);
