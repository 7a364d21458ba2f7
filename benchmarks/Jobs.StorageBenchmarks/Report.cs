using System.Globalization;
using Jobs.StorageBenchmarks.Contenders;

namespace Jobs.StorageBenchmarks;

/// <summary>Runs the contenders in turn, round by round, so that foreign load hits all alike, and prints medians with their ratios.</summary>
internal static class Report
{
    public static async Task WriteAsync(IReadOnlyList<IContender> contenders, IReadOnlyList<Scenario> scenarios, int rounds)
    {
        Console.WriteLine($"| {string.Join(" | ", contenders.Select(static contender => contender.Name).Prepend("median (min to max)"))} |");
        Console.WriteLine($"|{string.Concat(Enumerable.Repeat("---|", contenders.Count + 1))}");
        foreach (var scenario in scenarios)
        {
            var results = contenders.Select(static _ => new List<double>()).ToList();
            var cpu = contenders.Select(static _ => new List<double>()).ToList();
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < contenders.Count; i++)
                {
                    results[i].AddRange(await contenders[i].RunAsync(scenario));
                    if (contenders[i].LastCpuPerJob is { } used)
                        cpu[i].Add(used);
                }
            }

            var first = Median(results[0]);
            var cells = results.Select((values, i) => scenario.IsLatency ? Latency(values) : Rate(values, i == 0 ? null : first / Median(values)) + Cpu(cpu[i]));
            Console.WriteLine($"| {scenario.Name} | {string.Join(" | ", cells)} |");
        }

        Console.WriteLine();
    }

    private static string Rate(List<double> values, double? ratio) =>
        string.Create(CultureInfo.InvariantCulture, $"{Median(values):N0} ({values.Min():N0} to {values.Max():N0}){(ratio is null ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", we: {ratio:0.0}×"))}");

    private static string Cpu(List<double> values) =>
        values.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", CPU {Median(values):0.0} µs per job ({values.Min():0.0} to {values.Max():0.0})");

    private static string Latency(List<double> values) =>
        string.Create(CultureInfo.InvariantCulture, $"p50 {Percentile(values, 0.5):0.00}, p99 {Percentile(values, 0.99):0.00}");

    private static double Median(List<double> values) => Percentile(values, 0.5);

    private static double Percentile(List<double> values, double share)
    {
        var sorted = values.Order().ToList();
        return sorted[Math.Min(sorted.Count - 1, (int)(share * sorted.Count))];
    }
}
