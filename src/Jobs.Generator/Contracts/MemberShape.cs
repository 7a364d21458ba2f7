namespace Jobs.Generator.Contracts;

/// <summary>A member as JSON.</summary>
/// <param name="Type">The type, such as <c>string</c>, <c>int32?</c>, <c>array&lt;App.Line&gt;</c>, <c>map&lt;string,App.Line&gt;?</c>.</param>
/// <param name="IsRequired">Whether a text without it cannot be read.</param>
internal sealed record MemberShape(string Type, bool IsRequired);
