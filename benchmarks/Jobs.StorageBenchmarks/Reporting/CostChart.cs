using System.Globalization;
using System.Text;
using Jobs.StorageBenchmarks.Results;

namespace Jobs.StorageBenchmarks.Reporting;

/// <summary>
/// Where the processor time of one job goes: enqueueing it and working it off, in this process and in the server, for the product and
/// the bare references beside it, from the figures of the bulk enqueue and of the drain.
/// </summary>
internal static class CostChart
{
    private const int Width = 900;
    private const int Left = 250;
    private const int Row = 26;

    public static string Draw(IReadOnlyList<GroupResult> groups)
    {
        var rows = groups.SelectMany(static group => group.Participants.Select(participant => Read(group, participant.Name))).OfType<Cost>().ToList();
        var most = rows.Select(static row => row.Parts.Sum(static part => part.Microseconds)).DefaultIfEmpty(1).Max();
        var text = new StringBuilder();
        var y = 34;
        foreach (var row in rows)
        {
            var x = (double)Left;
            text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{Left - 8}\" y=\"{y + 14}\" text-anchor=\"end\">{row.Contender}</text>");
            foreach (var (style, microseconds) in row.Parts)
            {
                var width = (Width - Left - 80) * microseconds / most;
                text.AppendLine(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{x:0.0}\" y=\"{y}\" width=\"{width:0.0}\" height=\"18\"><title>{microseconds:0.00} µs</title></rect>");
                x += width;
            }

            text.AppendLine(CultureInfo.InvariantCulture, $"<text x=\"{x + 6:0.0}\" y=\"{y + 14}\">{row.Parts.Sum(static part => part.Microseconds):0.0} µs</text>");
            y += Row;
        }

        return string.Create(CultureInfo.InvariantCulture, $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y + 8}" width="{Width}" height="{y + 8}" font-family="sans-serif" font-size="12">
            <style>
            text {"{"} fill: #24292f {"}"} .enqueue {"{"} fill: #54aeff {"}"} .enqueue-server {"{"} fill: #0969da {"}"} .work {"{"} fill: #6fdd8b {"}"} .work-server {"{"} fill: #1a7f37 {"}"}
            @media (prefers-color-scheme: dark) {"{"} text {"{"} fill: #d0d7de {"}"} {"}"}
            </style>
            <rect class="enqueue" x="{Left}" y="8" width="12" height="12"/><text x="{Left + 16}" y="18">enqueue, here</text>
            <rect class="enqueue-server" x="{Left + 130}" y="8" width="12" height="12"/><text x="{Left + 146}" y="18">enqueue, server</text>
            <rect class="work" x="{Left + 270}" y="8" width="12" height="12"/><text x="{Left + 286}" y="18">claim, run, complete, here</text>
            <rect class="work-server" x="{Left + 460}" y="8" width="12" height="12"/><text x="{Left + 476}" y="18">the same, server</text>
            {text}</svg>

            """);
    }

    private static Cost? Read(GroupResult group, string contender)
    {
        var (enqueue, drain) = (Find(group, "bulk", contender), Find(group, "drain", contender));
        if (enqueue is null || drain is null || !IsOursOrBare(contender))
            return null;

        var (enqueueServer, drainServer) = (Statistics.Median(enqueue.ServerCpu), Statistics.Median(drain.ServerCpu));
        return new Cost(contender,
        [
            ("enqueue", Statistics.Median(enqueue.Cpu) - enqueueServer),
            ("enqueue-server", enqueueServer),
            ("work", Statistics.Median(drain.Cpu) - drainServer),
            ("work-server", drainServer),
        ]);
    }

    private static bool IsOursOrBare(string contender) =>
        contender.StartsWith("Jobs", StringComparison.Ordinal) || contender.StartsWith("bare", StringComparison.Ordinal) || contender.StartsWith("reference", StringComparison.Ordinal);

    private static Cell? Find(GroupResult group, string scenario, string contender) =>
        group.Scenarios.FirstOrDefault(one => one.Id == scenario)?.Of(contender) is { Cpu.Count: > 0, ServerCpu.Count: > 0 } cell ? cell : null;

    private sealed record Cost(string Contender, IReadOnlyList<(string Style, double Microseconds)> Parts);
}
