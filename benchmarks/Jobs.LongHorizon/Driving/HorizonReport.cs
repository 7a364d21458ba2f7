using System.Globalization;
using System.Text;

namespace Jobs.LongHorizon.Driving;

/// <summary>Markdown and a picture per scenario.</summary>
internal static class HorizonReport
{
    public static async Task WriteAsync(string folder, IReadOnlyList<Outcome> outcomes, DriverOptions options, DateTimeOffset start)
    {
        Directory.CreateDirectory(folder);
        var text = new StringBuilder()
            .AppendLine("# Over time").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"Made by `Jobs.LongHorizon drive` on {start:yyyy-MM-dd HH:mm} UTC: {options.Rate:N0} jobs per second of 1 ms and 256 bytes, 64 slots, batches of up to 128 every 25 ms, leases of 5 s; disturbances of {options.Stress.TotalSeconds:0} s, the server's settings as installed. Each scenario has a database and a process of its own. Recovery is the time from the disturbance's end until completions are back at nine tenths of the rate and the depth at what it was. Lost are jobs whose enqueue returned and that the product's own records do not show as completed at the end.").AppendLine()
            .AppendLine("| scenario | completed/s: calm, disturbed, after | p50 / p95 / p99 before, ms | the same at the worst | most waiting | most dead tuples | MiB at the end | recovery, s | jobs | lost | SIGTERM to end, s |")
            .AppendLine("|---|---|---|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (var outcome in outcomes)
            text.AppendLine(Row(outcome));

        for (var i = 0; i < outcomes.Count; i++)
        {
            var file = string.Create(CultureInfo.InvariantCulture, $"scenario-{i + 1}.svg");
            await File.WriteAllTextAsync(Path.Combine(folder, file), LineChart.Draw(outcomes[i]));
            text.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"## {outcomes[i].Name}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"![{outcomes[i].Name}]({file})");
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), text.ToString());
    }

    public static string Line(Outcome outcome) => string.Create(CultureInfo.InvariantCulture, $"{outcome.Name}: {outcome.Enqueued:N0} jobs, {outcome.Lost:N0} lost; recovered after {Seconds(outcome.Recovery)} s; ended {Seconds(outcome.TimeToEnd)} s after SIGTERM");

    private static string Row(Outcome outcome)
    {
        var clean = outcome.Points.LastOrDefault(static point => point.Phase == Phase.Clean);
        return string.Create(CultureInfo.InvariantCulture, $"| {outcome.Name} | {outcome.Mean(Phase.Clean, Completed):N0}, {outcome.Mean(Phase.Stress, Completed):N0}, {outcome.Mean(Phase.Recovery, Completed):N0} | {clean?.P50:0.0} / {clean?.P95:0.0} / {clean?.P99:0.0} | {Worst(outcome, static point => point.P50)} / {Worst(outcome, static point => point.P95)} / {Worst(outcome, static point => point.P99)} | {outcome.Points.Max(static point => point.Depth):N0} | {outcome.Points.Max(static point => point.DeadTuples):N0} | {outcome.Points.LastOrDefault(static point => point.MiB is not null)?.MiB:0.0} | {Seconds(outcome.Recovery)} | {outcome.Enqueued:N0} | {outcome.Lost:N0} | {Seconds(outcome.TimeToEnd)} |");

        static double Completed(Point point) => point.CompletionRate;
    }

    private static string Worst(Outcome outcome, Func<Point, double> value) =>
        Math.Max(outcome.Most(Phase.Stress, value), outcome.Most(Phase.Recovery, value)).ToString("0.0", CultureInfo.InvariantCulture);

    private static string Seconds(TimeSpan? time) => time is { } value ? value.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) : "more than it was given";
}
