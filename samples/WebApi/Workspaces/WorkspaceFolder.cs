namespace WebApi.Workspaces;

/// <summary>Where finished workspaces are.</summary>
public sealed class WorkspaceFolder
{
    private readonly string _path;

    public WorkspaceFolder(string path) => _path = Directory.CreateDirectory(path).FullName;

    public string PathOf(string file) => Path.Combine(_path, file);
}
