using System.Globalization;
using System.Security;
using System.Text;
using Jobs.StorageBenchmarks.Results;

namespace Jobs.StorageBenchmarks.Reporting;

/// <summary>
/// A picture of a group: a panel per scenario, a bar per contender up to its median, and a thin line from the least to the most of
/// its rounds (for latencies a bar up to the median and a line to the 99th percentile).
/// </summary>
internal static class BarChart
{
    private const int Width = 900;
    private const int Left = 250;
    private const int Right = 190;
    private const int Row = 20;
    private const int Gap = 46;

    public static string Draw(GroupResult group)
    {
        var panels = new StringBuilder();
        var y = 10;
        foreach (var scenario in group.Scenarios)
        {
            Text(panels, 10, y + 16, "title", $"{scenario.Name}, {(scenario.IsLatency ? "ms, p50 and p99" : "jobs/s")}");
            y += 28;
            var most = scenario.Cells.Where(static cell => cell.Values.Count > 0).Select(cell => Range(scenario, cell).High).DefaultIfEmpty(1).Max();
            foreach (var cell in scenario.Cells)
            {
                Bar(panels, scenario, cell, y, most);
                y += Row;
            }

            y += Gap - 28;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y}" width="{Width}" height="{y}" font-family="sans-serif" font-size="12">
            <style>
            text, .range {"{"} fill: #24292f; stroke: none {"}"} .title {"{"} font-weight: bold {"}"} .range {"{"} stroke: #24292f {"}"}
            .ours {"{"} fill: #1a7f37 {"}"} .bare {"{"} fill: #8c959f {"}"} .rival {"{"} fill: #0969da {"}"}
            @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #d0d7de {"}"} .range {"{"} stroke: #d0d7de {"}"} {"}"}
            </style>
            {panels}</svg>

            """);
    }

    private static void Bar(StringBuilder to, ScenarioResult scenario, Cell cell, int y, double most)
    {
        Text(to, Left - 8, y + 13, "name", cell.Contender, "end");
        if (cell.Values.Count == 0)
        {
            Text(to, Left, y + 13, "value", cell.Failure ?? "no value");
            return;
        }

        var (low, middle, high) = Range(scenario, cell);
        double At(double value) => Left + ((Width - Left - Right) * value / most);
        var kind = cell.Contender.StartsWith("Jobs", StringComparison.Ordinal) ? "ours" : cell.Contender.Contains("bare", StringComparison.Ordinal) || cell.Contender.Contains("reference", StringComparison.Ordinal) ? "bare" : "rival";
        to.Append(CultureInfo.InvariantCulture, $"<rect class=\"{kind}\" x=\"{Left}\" y=\"{y + 3}\" width=\"{At(middle) - Left:0.0}\" height=\"13\"/>");
        to.Append(CultureInfo.InvariantCulture, $"<path class=\"range\" d=\"M{At(low):0.0} {y + 9.5}H{At(high):0.0}M{At(low):0.0} {y + 6}v7M{At(high):0.0} {y + 6}v7\"/>");
        Text(to, (int)At(high) + 6, y + 13, "value", scenario.IsLatency ? string.Create(CultureInfo.InvariantCulture, $"{middle:0.000} / {high:0.000}") : string.Create(CultureInfo.InvariantCulture, $"{middle:N0}"));
    }

    private static (double Low, double Middle, double High) Range(ScenarioResult scenario, Cell cell) => scenario.IsLatency
        ? (cell.Percentile(0.5)!.Value, cell.Percentile(0.5)!.Value, cell.Percentile(0.99)!.Value)
        : (cell.Values.Min(), cell.Percentile(0.5)!.Value, cell.Values.Max());

    private static void Text(StringBuilder to, int x, int y, string style, string text, string anchor = "start") =>
        to.AppendLine(CultureInfo.InvariantCulture, $"<text class=\"{style}\" x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\">{SecurityElement.Escape(text)}</text>");
}
