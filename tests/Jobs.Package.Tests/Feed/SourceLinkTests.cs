using System.Reflection.Metadata;
using System.Text;

namespace Jobs.Package.Tests.Feed;

/// <summary>What a package tells of its sources where the repository has an address: shown by a copy of a library in a repository of its own.</summary>
public sealed class SourceLinkTests : IDisposable
{
    private const string Address = "https://github.com/example/jobs";
    private const string Library = "Jobs.Abstractions";

    /// <summary>The kind of the record in a symbol file that says where sources are.</summary>
    private static readonly Guid _sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-source-link-").FullName;

    [Fact]
    public async Task A_debugger_finds_the_sources_and_the_readme_leads_to_the_pages_of_the_repository()
    {
        CopySources();
        await GitAsync("init", "-q");
        await GitAsync("remote", "add", "origin", $"{Address}.git");
        await GitAsync("add", "--all");
        await GitAsync("-c", "user.name=test", "-c", "user.email=test@example.com", "commit", "-q", "-m", "A copy");
        var commit = (await GitAsync("rev-parse", "HEAD")).Output.Trim();

        (await Command.BuildAsync(_folder, "pack", Path.Combine("src", Library), "-c", "Release", "-v", "quiet", "-o", "out", "-p:TargetFrameworks=net10.0", "-p:RunAnalyzers=false")).AssertSucceeded().AssertWithoutWarnings();

        using var package = PackageFile.Open(Directory.EnumerateFiles(Path.Combine(_folder, "out"), "*.nupkg").Single());
        using var symbols = PackageFile.Open(Directory.EnumerateFiles(Path.Combine(_folder, "out"), "*.snupkg").Single());
        Assert.Equal(($"{Address}.git", commit), (package.ReadAttribute("repository", "url"), package.ReadAttribute("repository", "commit")));
        Assert.Contains($"https://raw.githubusercontent.com/example/jobs/{commit}/*", ReadSourceLink(symbols.ReadFile($"lib/net10.0/{Library}.pdb")), StringComparison.Ordinal);
        Assert.Contains($"]({Address}/blob/HEAD/docs/guides/getting-started.md)", Encoding.UTF8.GetString(package.ReadFile("README.md")), StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static string ReadSourceLink(byte[] symbols)
    {
        using var provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(symbols));
        var reader = provider.GetMetadataReader();
        var record = reader.GetCustomDebugInformation(EntityHandle.ModuleDefinition).Select(reader.GetCustomDebugInformation).Single(one => reader.GetGuid(one.Kind) == _sourceLink);
        return Encoding.UTF8.GetString(reader.GetBlobBytes(record.Value));
    }

    private async Task<CommandResult> GitAsync(params string[] arguments) => (await Command.RunAsync(_folder, "git", arguments)).AssertSucceeded();

    private void CopySources()
    {
        var library = Path.Combine("src", Library);
        string[] built = [Path.Combine(library, "bin") + Path.DirectorySeparatorChar, Path.Combine(library, "obj") + Path.DirectorySeparatorChar];
        var files = Directory.EnumerateFiles(Path.Combine(Repository.Path, library), "*", SearchOption.AllDirectories)
            .Concat(Directory.EnumerateFiles(Path.Combine(Repository.Path, "src"), "Directory.Build.*"))
            .Concat(((string[])["Directory.Build.props", "Directory.Packages.props", "README.md", "global.json", ".gitignore"]).Select(static name => Path.Combine(Repository.Path, name)))
            .Select(static file => Path.GetRelativePath(Repository.Path, file))
            .Where(file => !built.Any(folder => file.StartsWith(folder, StringComparison.Ordinal)));
        foreach (var file in files)
        {
            var target = Path.Combine(_folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(Path.Combine(Repository.Path, file), target);
        }
    }
}
