using System.Globalization;
using System.Text;

namespace Jobs.LongHorizon.Driving;

/// <summary>A scenario over time: completions and enqueues per second, latencies, depth and dead tuples, the disturbance shaded.</summary>
internal static class LineChart
{
    private const int Width = 860;
    private const int Left = 90;
    private const int Height = 70;
    private const int Gap = 34;

    public static string Draw(Outcome outcome)
    {
        var text = new StringBuilder();
        var (from, to) = (outcome.Points[0].Second, Math.Max(outcome.Points[0].Second + 1, outcome.Points[^1].Second));
        double X(double second) => Left + ((Width - Left - 10) * (second - from) / (to - from));
        var shaded = outcome.Points.Where(static point => point.Phase == Phase.Stress).Select(static point => point.Second).ToList();
        var panels = new (string Title, (string Style, Func<Point, double?> Value)[] Lines)[]
        {
            ("completed (green) and enqueued (grey), jobs/s", [("other", static point => point.EnqueueRate), ("main", static point => point.CompletionRate)]),
            ("enqueued to started, ms: p50 (green) and p99 (grey) of 30 s", [("other", static point => point.P99), ("main", static point => point.P50)]),
            ("due and not claimed, jobs", [("main", static point => point.Depth)]),
            ("dead tuples", [("main", static point => point.DeadTuples)]),
        };
        var y = 10;
        foreach (var (title, lines) in panels)
        {
            var most = Math.Max(1, lines.Max(line => outcome.Points.Max(line.Value) ?? 0));
            if (shaded.Count > 0)
                text.AppendLine(CultureInfo.InvariantCulture, $"<rect class=\"stress\" x=\"{X(shaded[0]):0.0}\" y=\"{y + 18}\" width=\"{X(shaded[^1]) - X(shaded[0]):0.0}\" height=\"{Height}\"/>");

            text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{y + 12}\">{title}</text><text x=\"{Left - 6}\" y=\"{y + 26}\" text-anchor=\"end\">{most:N0}</text><text x=\"{Left - 6}\" y=\"{y + 18 + Height}\" text-anchor=\"end\">0</text>");
            text.AppendLine(CultureInfo.InvariantCulture, $"<path class=\"axis\" d=\"M{Left} {y + 18}v{Height}H{Width - 10}\"/>");
            foreach (var (style, value) in lines)
            {
                var path = string.Join(' ', outcome.Points.Where(point => value(point) is not null).Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(point.Second):0.0},{y + 18 + Height - (Height * value(point)!.Value / most):0.0}")));
                text.AppendLine(CultureInfo.InvariantCulture, $"<polyline class=\"{style}\" points=\"{path}\"/>");
            }

            y += Height + Gap;
        }

        text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{y + 2}\">0 s</text><text x=\"{Width - 10}\" y=\"{y + 2}\" text-anchor=\"end\">{to - from:0} s</text>");
        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y + 10}" width="{Width}" height="{y + 10}" font-family="sans-serif" font-size="12">
            <style>
            text {"{"} fill: #24292f {"}"} path, polyline {"{"} fill: none {"}"} .axis {"{"} stroke: #8c959f {"}"} .stress {"{"} fill: #f0883e; opacity: 0.25 {"}"}
            .main {"{"} stroke: #1a7f37; stroke-width: 1.5 {"}"} .other {"{"} stroke: #8c959f; stroke-width: 1.5 {"}"}
            @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #d0d7de {"}"} {"}"}
            </style>
            {text}</svg>

            """);
    }
}
