using System.Diagnostics;
using System.Text.RegularExpressions;
using Xunit;

namespace Jobs.Analyzers.Tests.Documentation;

/// <summary>The sample whose every line is wrong, built as a user would build it.</summary>
public partial class CompileErrorsTests
{
    private const string Configuration =
#if DEBUG
        "Debug";
#else
        "Release";
#endif

    private static readonly string _folder = Path.Combine(Repository.Root, "samples", "CompileErrors");

    [Fact]
    public async Task The_build_says_what_is_expected_line_by_line()
    {
        var output = await BuildAsync();

        var actual = Told().Matches(output)
            .Select(line => (File: line.Groups["file"].Value, Line: Number(line, "line"), Column: Number(line, "column"), Text: line.Groups["text"].Value))
            .Distinct()
            .OrderBy(line => line.File, StringComparer.Ordinal).ThenBy(line => line.Line).ThenBy(line => line.Column).ThenBy(line => line.Text, StringComparer.Ordinal)
            .Select(line => line.File.Length == 0 ? line.Text : $"{line.File}({line.Line},{line.Column}): {line.Text}")
            .ToList();

        var expected = Path.Combine(_folder, "expected.txt");
        if (!File.Exists(expected) || !actual.SequenceEqual(File.ReadAllLines(expected)))
        {
            var received = Path.Combine(_folder, "received.txt");
            File.WriteAllLines(received, actual);
            Assert.Fail($"What the build says is in {received}; compare it with {expected}.\n{(actual.Count == 0 ? output : string.Join("\n", actual))}");
        }
    }

    [Fact]
    public void Every_rule_about_declarations_values_and_calls_is_shown()
    {
        var told = File.ReadAllText(Path.Combine(_folder, "expected.txt"));

        Assert.DoesNotContain(Testing.AnalyzerCatalog.Rules, rule => string.CompareOrdinal(rule.Id, "JOB0300") < 0 && !told.Contains(rule.Id, StringComparison.Ordinal));
    }

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true } found ? int.Parse(found.Value, System.Globalization.CultureInfo.InvariantCulture) : 0;

    /// <summary>What the project references was built with this test.</summary>
    private static async Task<string> BuildAsync()
    {
        var start = new ProcessStartInfo("dotnet", ["build", _folder, "-c", Configuration, "--nologo", "-v", "quiet", "-clp:NoSummary", "-p:BuildProjectReferences=false", "-nodeReuse:false", "-p:UseSharedCompilation=false"])
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
        Assert.NotEqual(0, process.ExitCode);
        return await output + await error;
    }

    [GeneratedRegex(@"^\s*(?:CSC|(?:.*[/\\])?(?<file>\w+\.cs)\((?<line>\d+),(?<column>\d+)\)) ?: (?<text>(?:error|warning) \w+: .*?)(?: \(docs/diagnostics/\w+\.md\))?(?: \[[^\]]*\.csproj\])\r?$", RegexOptions.Multiline)]
    private static partial Regex Told();
}
