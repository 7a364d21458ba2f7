namespace WebApi.Workspaces;

/// <summary>Whose key it is, and how to recognize it.</summary>
public sealed record MemberKey(string Member, string Fingerprint);
