using System.Diagnostics;
using Jobs.Analyzers.Tests.Documentation;
using Xunit;

namespace Jobs.Analyzers.Tests.Contracts;

/// <summary>The contract file through a build with the targets that the package has: written when asked for, compared otherwise.</summary>
public sealed class ContractBuildTests : IDisposable
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private readonly string _folder = Directory.CreateTempSubdirectory("jobs-contracts-").FullName;

    private string Contracts => File.ReadAllText(Path.Combine(_folder, "jobs.contracts.json"));

    [Fact]
    public async Task A_build_that_is_asked_to_writes_the_file_and_the_next_one_holds_the_code_against_it()
    {
        await File.WriteAllTextAsync(Path.Combine(_folder, "Shop.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
              </PropertyGroup>
              <Import Project="{Repository.Root}/src/Jobs/build/Jobs.InRepo.targets" />
            </Project>
            """, TestContext.Current.CancellationToken);
        Write("record Mail(string To)");

        // Created.
        await BuildAsync(0, "-restore", "-p:UpdateJobContracts=true", "-p:JobContractsDate=2026-01-31");
        var first = Contracts;
        Assert.StartsWith("{\n  \"version\": 1,\n  \"jobs\": {\n    \"send-mail\": {", first, StringComparison.Ordinal);
        Assert.Contains("\"to\": { \"type\": \"string\", \"required\": true }", first, StringComparison.Ordinal);

        // Compared: a break, at its place; then a compatible change, which is no error.
        Write("record Mail(int To)");
        Assert.Contains("Mail.cs(2,26): error JOB0601: input.to of job 'send-mail' was string and is int32", await BuildAsync(1), StringComparison.Ordinal);
        Write("record Mail(string To, string Body = \"\")");
        await BuildAsync(0);
        Assert.Equal(first, Contracts);

        // Updated, and left alone when there is nothing to say.
        await BuildAsync(0, "-p:UpdateJobContracts=true");
        Assert.Contains("\"body\": { \"type\": \"string\" }", Contracts, StringComparison.Ordinal);
        var written = File.GetLastWriteTimeUtc(Path.Combine(_folder, "jobs.contracts.json"));
        await BuildAsync(0, "-p:UpdateJobContracts=true");
        Assert.Equal(written, File.GetLastWriteTimeUtc(Path.Combine(_folder, "jobs.contracts.json")));

        // A job that is gone.
        await File.WriteAllTextAsync(Path.Combine(_folder, "Mail.cs"), "// Nothing is left.", TestContext.Current.CancellationToken);
        Assert.Contains("error JOB0603", await BuildAsync(1), StringComparison.Ordinal);
        await BuildAsync(0, "-p:UpdateJobContracts=true", "-p:JobContractsDate=2026-02-28");
        Assert.Contains("\"retired\": \"2026-02-28\"", Contracts, StringComparison.Ordinal);
        await BuildAsync(0);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Write(string record) => File.WriteAllText(Path.Combine(_folder, "Mail.cs"), $$"""
        using Jobs;
        public sealed {{record}};
        [Job] public sealed class SendMail : IJobHandler<Mail> { public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken) => default; }
        """);

    /// <summary>What the project references was built with this test.</summary>
    private async Task<string> BuildAsync(int exitCode, params string[] arguments)
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
}
