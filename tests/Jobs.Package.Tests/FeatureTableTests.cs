using System.Globalization;
using System.Text.RegularExpressions;

namespace Jobs.Package.Tests;

/// <summary>The table of features tells the truth: every row is there once, and what is called done names tests that exist.</summary>
public sealed partial class FeatureTableTests
{
    private const int LastRow = 93;

    private static readonly IReadOnlyList<string> Lines = File.ReadAllLines(Path.Combine(Repository.Path, "docs", "features.md"));
    private static readonly IReadOnlyList<FeatureRow> Rows = [.. Lines.Select(FeatureRow.Parse).OfType<FeatureRow>()];

    /// <summary>What goes wrong elsewhere, and the tests that it does not here.</summary>
    private static readonly IReadOnlyList<FeatureRow> Traps = [.. Lines.SkipWhile(line => line != "## Traps and bad input").Skip(1).Select(FeatureRow.ParseTrap).OfType<FeatureRow>()];

    [Fact]
    public void Every_capability_has_its_row() =>
        Assert.Equal(Enumerable.Range(1, LastRow), Rows.Select(row => row.Number).Order());

    [Fact]
    public void A_row_is_done_partly_or_open_and_done_rows_name_their_tests()
    {
        Assert.All(Rows, row => Assert.Matches("^(done|partly|open)(:|$)", row.State));
        Assert.All(Rows, row => Assert.True(row.Tests.Count > 0 || !row.State.StartsWith("done", StringComparison.Ordinal), $"Row {row.Number} is done, and names no test."));
        Assert.All(Rows, row => Assert.False(row.Tests.Count > 0 && row.State.StartsWith("open", StringComparison.Ordinal), $"Row {row.Number} is open, and names tests."));
    }

    [Fact]
    public void A_trap_names_the_tests_that_step_into_it()
    {
        Assert.True(Traps.Count >= 20, "The table of traps has become shorter.");
        Assert.All(Traps, trap => Assert.NotEmpty(trap.Tests));
    }

    [Fact]
    public void The_tests_that_are_named_exist()
    {
        var methods = Directory.EnumerateFiles(Path.Combine(Repository.Path, "tests"), "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => TestMethod().Matches(File.ReadAllText(file)).Select(match => $"{ClassOf(file)}.{match.Groups[1].Value}"))
            .ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], Rows.Concat(Traps).SelectMany(row => row.Tests).Where(test => !methods.Contains(test)));
    }

    /// <summary>A class may be spread over files named Class.Part.cs.</summary>
    private static string ClassOf(string file) => Path.GetFileName(file).Split('.')[0];

    [GeneratedRegex(@"(?:Task|void|ValueTask) ([A-Z][A-Za-z0-9]*_\w+)\(")]
    private static partial Regex TestMethod();

    private sealed partial record FeatureRow(int Number, string State, IReadOnlyList<string> Tests)
    {
        public static FeatureRow? Parse(string line)
        {
            var cells = Cells().Match(line);
            return cells.Success
                ? new FeatureRow(
                    int.Parse(cells.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
                    cells.Groups["state"].Value.Trim(),
                    [.. Named().Matches(cells.Groups["tests"].Value).Select(match => match.Groups[1].Value)])
                : null;
        }

        public static FeatureRow? ParseTrap(string line)
        {
            var cells = TrapCells().Match(line);
            return cells.Success && cells.Groups["trap"].Value is not ("trap" or "---") ? new FeatureRow(0, "", [.. Named().Matches(cells.Groups["tests"].Value).Select(match => match.Groups[1].Value)]) : null;
        }

        [GeneratedRegex(@"^\| ?(?<trap>[^|]+?) ?\|(?<tests>[^|]*)\|$")]
        private static partial Regex TrapCells();

        [GeneratedRegex(@"^\| (?<number>\d+) \| [^|]+ \|(?<state>[^|]+)\|(?<tests>[^|]*)\|$")]
        private static partial Regex Cells();

        [GeneratedRegex(@"`(\w+\.\w+)`")]
        private static partial Regex Named();
    }
}
