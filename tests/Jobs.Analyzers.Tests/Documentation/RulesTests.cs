using System.Text.RegularExpressions;
using Jobs.Analyzers.Tests.Testing;
using Xunit;

namespace Jobs.Analyzers.Tests.Documentation;

/// <summary>What holds for every rule.</summary>
public partial class RulesTests
{
    public static TheoryData<string> Ids => [.. AnalyzerCatalog.Rules.Select(rule => rule.Id)];

    [Fact]
    public void Ids_are_numbered_and_unique()
    {
        Assert.All(AnalyzerCatalog.Rules, rule => Assert.Matches("^JOB[0-9]{4}$", rule.Id));
        Assert.Equal(AnalyzerCatalog.Rules.Count, AnalyzerCatalog.Rules.Select(rule => rule.Id).Distinct().Count());
    }

    [Fact]
    public void Every_rule_is_reported_by_an_analyzer()
    {
        var supported = AnalyzerCatalog.Analyzers.SelectMany(analyzer => analyzer.SupportedDiagnostics).Select(rule => rule.Id).ToHashSet();

        Assert.All(AnalyzerCatalog.Rules, rule => Assert.Contains(rule.Id, supported));
        Assert.All(supported, id => Assert.Contains(AnalyzerCatalog.Rules, rule => rule.Id == id));
    }

    [Fact]
    public void Every_rule_is_in_the_release_notes_with_its_severity()
    {
        var listed = new[] { "Shipped", "Unshipped" }
            .SelectMany(file => File.ReadAllLines(Path.Combine(Repository.Root, "src", "Jobs.Generator", $"AnalyzerReleases.{file}.md")))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Where(cells => cells.Length == 4 && cells[0].StartsWith("JOB", StringComparison.Ordinal))
            .Select(cells => (cells[0], cells[2]))
            .Order();

        Assert.Equal(AnalyzerCatalog.Rules.Select(rule => (rule.Id, rule.DefaultSeverity.ToString())).Order(), listed);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Every_rule_has_a_page_whose_wrong_example_shows_it_and_whose_right_one_is_clean(string id)
    {
        var rule = AnalyzerCatalog.Rules.Single(candidate => candidate.Id == id);
        var page = DiagnosticPage.Read(id);

        Assert.Equal($"docs/diagnostics/{id}.md", rule.HelpLinkUri);
        Assert.Equal($"# {id}: {rule.Title}", page.Heading);
        Assert.Equal($"Severity: {DiagnosticPage.NameSeverity(rule)}", page.Severity);
        Assert.Contains(id, (await Analysis.RunAsync(page.Wrong)).Select(diagnostic => diagnostic.Id));
        Assert.Empty(await Analysis.RunAsync(page.Right));
    }

    [Fact]
    public void Every_page_belongs_to_a_rule_and_is_in_the_index()
    {
        var index = File.ReadAllText(Path.Combine(DiagnosticPage.Folder, "README.md"));
        var pages = Directory.EnumerateFiles(DiagnosticPage.Folder, "JOB*.md").Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal);

        Assert.Equal(AnalyzerCatalog.Rules.Select(rule => rule.Id), pages);
        Assert.Equal(
            AnalyzerCatalog.Rules.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {DiagnosticPage.NameSeverity(rule)} | {rule.Title} |"),
            IndexRow().Matches(index).Select(row => row.Value));
    }

    [GeneratedRegex(@"^\| \[JOB.*$", RegexOptions.Multiline)]
    private static partial Regex IndexRow();
}
