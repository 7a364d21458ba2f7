namespace Jobs.Package.Tests.Feed;

/// <summary>
/// All packages of the solution, packed once under a version of their own into a feed of their own, and the user programs copied
/// to a folder outside of the repository that knows this feed beside the machine's.
/// </summary>
public sealed class PackageFeed : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-package-").FullName;

    public string Version { get; } = $"0.1.0-test.of-{Guid.NewGuid().ToString("N")[..12]}";

    internal string Programs => Path.Combine(_folder, "programs");

    internal string Packages => Path.Combine(_folder, "packages");

    public async ValueTask InitializeAsync()
    {
        var packed = await Command.BuildAsync(Repository.Path, "pack", "Jobs.sln", "-c", Repository.Configuration, "--no-build", "-v", "quiet", "-o", Packages, $"-p:Version={Version}");
        packed.AssertSucceeded().AssertWithoutWarnings();
        CopyPrograms();
    }

    public async ValueTask DisposeAsync()
    {
        // The machine's package folder is used as it is, because filling another one takes minutes; so what these tests put there goes.
        var listed = await Command.RunAsync(_folder, "dotnet", "nuget", "locals", "global-packages", "--list");
        var installed = listed.AssertSucceeded().Output["global-packages: ".Length..].Trim();
        foreach (var package in Directory.EnumerateDirectories(installed, "jobs*").Select(package => Path.Combine(package, Version)).Where(Directory.Exists).ToArray())
            Directory.Delete(package, recursive: true);

        Directory.Delete(_folder, recursive: true);
    }

    internal PackageFile Open(string id, string extension = "nupkg") =>
        PackageFile.Open(Path.Combine(Packages, $"{id}.{Version}.{extension}"));

    private void CopyPrograms()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Programs");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(Programs, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        // Sources that the machine has configured stay in force.
        File.WriteAllText(Path.Combine(Programs, "nuget.config"), $"""
            <configuration>
              <packageSources>
                <add key="packages-under-test" value="{Packages}" />
              </packageSources>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(Programs, "Directory.Build.props"), $"""
            <Project>
              <PropertyGroup>
                <JobsVersion>{Version}</JobsVersion>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
            </Project>
            """);
    }
}
