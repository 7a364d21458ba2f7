namespace WebApi.Workspaces;

/// <summary>What has been made.</summary>
/// <param name="File">The archive with all of it.</param>
/// <param name="Size">Its size in bytes.</param>
/// <param name="Keys">The members with the fingerprints of their keys.</param>
public sealed record CreatedWorkspace(string File, long Size, IReadOnlyList<MemberKey> Keys);
