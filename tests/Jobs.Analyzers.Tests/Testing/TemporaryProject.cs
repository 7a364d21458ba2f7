using System.Diagnostics;
using Jobs.Analyzers.Tests.Documentation;
using Xunit;

namespace Jobs.Analyzers.Tests.Testing;

/// <summary>A project in a folder of its own, built as a user would build it, with the targets that the package has.</summary>
internal sealed class TemporaryProject : IDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-project-").FullName;

    /// <param name="properties">XML within the project's property group.</param>
    public TemporaryProject(string properties) => Write("Shop.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net10.0</TargetFramework>
            <Nullable>enable</Nullable>
            {properties}
          </PropertyGroup>
          <Import Project="{Repository.Root}/src/Jobs/build/Jobs.InRepo.targets" />
        </Project>
        """);

    public string PathOf(string file) => Path.Combine(_folder, file);

    public string Read(string file) => File.ReadAllText(PathOf(file));

    public void Write(string file, string text) => File.WriteAllText(PathOf(file), text);

    /// <summary>Builds, and gives what the build said. What the project references was built with this test.</summary>
    /// <param name="exitCode">The exit code that is expected.</param>
    /// <param name="arguments">Arguments of the build.</param>
    public async Task<string> BuildAsync(int exitCode, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", ["msbuild", "-nologo", "-v:minimal", $"-p:Configuration={Configuration}", "-p:BuildProjectReferences=false", "-nodeReuse:false", "-p:UseSharedCompilation=false", .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = _folder,
        };
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBuild", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        var text = await output + await error;
        Assert.True(process.ExitCode == exitCode, text);
        return text;
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
