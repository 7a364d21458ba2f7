using System.Text.RegularExpressions;
using Jobs.Analyzers.Tests.Testing;
using Microsoft.CodeAnalysis;
using Xunit;

namespace Jobs.Analyzers.Tests.Documentation;

/// <summary>
/// A page of docs/diagnostics: a heading, the severity, and one example under each of "Wrong" and "Right". A fence may say more of the
/// example's project: <c>csharp exe</c> is an executable, and a further fence <c>json jobs.contracts.json</c> is an additional file.
/// </summary>
internal sealed partial record DiagnosticPage(string Heading, string Severity, TestProject Wrong, TestProject Right)
{
    public static string Folder { get; } = Path.Combine(Repository.Root, "docs", "diagnostics");

    public static string NameSeverity(DiagnosticDescriptor rule) =>
        rule.DefaultSeverity == DiagnosticSeverity.Info ? "suggestion" : rule.DefaultSeverity.ToString().ToLowerInvariant();

    public static DiagnosticPage Read(string id)
    {
        var path = Path.Combine(Folder, id + ".md");
        Assert.True(File.Exists(path), $"There is no page {path}.");
        var text = File.ReadAllText(path).ReplaceLineEndings("\n");
        var lines = text.Split('\n');
        return new DiagnosticPage(lines[0], lines.First(line => line.StartsWith("Severity:", StringComparison.Ordinal)), GetExample(text, "Wrong"), GetExample(text, "Right"));
    }

    private static TestProject GetExample(string page, string heading)
    {
        var section = page.Split("\n## ").Single(part => part.StartsWith(heading + "\n", StringComparison.Ordinal));
        var project = new TestProject("");
        foreach (Match fence in Fence().Matches(section))
        {
            var (language, detail, code) = (fence.Groups["language"].Value, fence.Groups["detail"].Value.Trim(), fence.Groups["code"].Value);
            project = language == "csharp"
                ? project with { Source = code, OutputKind = detail == "exe" ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary }
                : project with { AdditionalFiles = [.. project.AdditionalFiles, new AdditionalFile(detail, code)] };
        }

        Assert.False(project.Source.Length == 0, $"There is no example under '{heading}'.");
        return project;
    }

    [GeneratedRegex(@"```(?<language>\w+)(?<detail>[^\n]*)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
