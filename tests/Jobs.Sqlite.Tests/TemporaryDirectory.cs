namespace Jobs.Sqlite.Tests;

/// <summary>A directory of its own, removed in the end.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("jobs-sqlite-").FullName;

    public string File(string name = "jobs.db") => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
