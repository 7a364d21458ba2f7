using System.Globalization;
using System.Text;
using Jobs.StorageBenchmarks.Results;

namespace Jobs.StorageBenchmarks.Reporting;

/// <summary>Makes the report and its pictures from the figures in a folder, and prints the targets.</summary>
internal static class Report
{
    public static async Task WriteAsync(string folder)
    {
        var groups = await GroupResult.ReadAllAsync(folder);
        if (groups.Count == 0)
            throw new InvalidOperationException($"There are no figures in {folder}.");

        var text = new StringBuilder();
        Head(text, groups);
        foreach (var group in groups.Where(static group => group.Scenarios.Count > 0))
        {
            await File.WriteAllTextAsync(Path.Combine(folder, group.Key + ".svg"), BarChart.Draw(group));
            Group(text, group);
        }

        await File.WriteAllTextAsync(Path.Combine(folder, "cost.svg"), CostChart.Draw(groups));
        text.AppendLine("## Processor time per job").AppendLine().AppendLine("![Where the processor time goes](cost.svg)").AppendLine();
        Scaling(text, groups);
        var targets = string.Join('\n', new Targets(groups).All().Select(static target => target.Row()).Prepend("|---|---|---|---|---|").Prepend("| target | at least | hoped for | reached | |"));
        text.AppendLine("## Targets").AppendLine().AppendLine("Ratios of medians within this run.").AppendLine().AppendLine(targets);
        await File.WriteAllTextAsync(Path.Combine(folder, "report.md"), text.ToString());
        Console.WriteLine(targets);
    }

    private static void Head(StringBuilder to, IReadOnlyList<GroupResult> groups)
    {
        var machine = groups[0].Machine;
        to.AppendLine("# Comparison").AppendLine()
            .AppendLine("Made by `benchmarks/compare.sh`. No-op jobs with a payload of about 180 bytes of JSON. Each cell is the median of interleaved rounds, each on storage of its own that was empty and never analysed, after a round that does not count. A drain counts from its first job, which favours those that fetch many at a time. \"CPU\" is the processor time of the system's process and of its server; \"bytes\" are those that the process allocates.").AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"{machine.Processor}, {machine.Cores} cores, {machine.Memory}; {machine.System}; {machine.Runtime}. {groups.Min(static group => group.StartedAt):yyyy-MM-dd HH:mm} to {groups.Max(static group => group.EndedAt):HH:mm} UTC.").AppendLine()
            .AppendLine("| part | options | load before and after |").AppendLine("|---|---|---|");
        foreach (var group in groups)
            to.AppendLine(CultureInfo.InvariantCulture, $"| {group.Title} | `{group.Command}` | {string.Join(", ", group.Load.Select(static load => load.ToString("0.0", CultureInfo.InvariantCulture)))} |");

        to.AppendLine();
    }

    private static void Group(StringBuilder to, GroupResult group)
    {
        to.AppendLine(CultureInfo.InvariantCulture, $"## {group.Title}").AppendLine().AppendLine(CultureInfo.InvariantCulture, $"![Medians and ranges]({group.Key}.svg)").AppendLine();
        foreach (var participant in group.Participants)
            to.AppendLine(CultureInfo.InvariantCulture, $"- **{participant.Name}**: {participant.Configuration}");

        to.AppendLine();
        foreach (var scenario in group.Scenarios)
            Scenario(to, scenario);
    }

    private static void Scaling(StringBuilder to, IReadOnlyList<GroupResult> groups)
    {
        if (groups.FirstOrDefault(static group => group.Key == "scaling") is not { } scaling)
            return;

        to.AppendLine(CultureInfo.InvariantCulture, $"## {scaling.Title}").AppendLine()
            .AppendLine("A drain by worker processes that share this machine's cores with the server.").AppendLine()
            .AppendLine("| processes | jobs/s | least to most |").AppendLine("|---:|---:|---:|");
        foreach (var (name, rate) in scaling.Facts.Where(static fact => fact.Key.Count(static letter => letter == '.') == 1))
            to.AppendLine(CultureInfo.InvariantCulture, $"| {name.Split('.')[1]} | {rate:N0} | {scaling.Facts[name + ".least"]:N0} to {scaling.Facts[name + ".most"]:N0} |");

        to.AppendLine();
    }

    private static void Scenario(StringBuilder to, ScenarioResult scenario)
    {
        to.AppendLine(CultureInfo.InvariantCulture, $"### {scenario.Name}").AppendLine()
            .AppendLine(scenario.IsLatency ? "| | p50, ms | p99, ms | the first against it | samples |" : "| | jobs/s | least to most | the first against it | CPU, µs per job | bytes per job | jobs per round |")
            .AppendLine(scenario.IsLatency ? "|---|---:|---:|---:|---:|" : "|---|---:|---:|---:|---:|---:|---:|");
        var first = scenario.Cells[0].Percentile(0.5);
        foreach (var cell in scenario.Cells)
        {
            if (cell.Values.Count == 0)
                to.AppendLine(CultureInfo.InvariantCulture, $"| {cell.Contender} | failed: {cell.Failure} |");
            else if (scenario.IsLatency)
                to.AppendLine(CultureInfo.InvariantCulture, $"| {cell.Contender} | {cell.Percentile(0.5):0.000} | {cell.Percentile(0.99):0.000} | {cell.Percentile(0.5) / first:0.0}× sooner | {cell.Values.Count} |");
            else
                to.AppendLine(CultureInfo.InvariantCulture, $"| {cell.Contender} | {cell.Percentile(0.5):N0} | {cell.Values.Min():N0} to {cell.Values.Max():N0} | {first / cell.Percentile(0.5):0.00}× | {Median(cell.Cpu, "0.0")} | {Median(cell.Bytes, "N0")} | {cell.Jobs:N0} |");
        }

        foreach (var cell in scenario.Cells.Where(static cell => cell is { Failure: not null, Values.Count: > 0 }))
            to.AppendLine().AppendLine(CultureInfo.InvariantCulture, $"{cell.Contender} failed in a later round: {cell.Failure}");

        to.AppendLine();
    }

    private static string Median(List<double> values, string format) => values.Count == 0 ? "–" : Statistics.Median(values).ToString(format, CultureInfo.InvariantCulture);
}
