using System.Globalization;
using Jobs.StorageBenchmarks.Contenders;
using Jobs.StorageBenchmarks.Results;

namespace Jobs.StorageBenchmarks;

/// <summary>
/// Runs the contenders in turn, round by round, so that foreign load hits all alike, after a round that does not count, and prints
/// medians as they come. A contender that fails or does not end is told so in its cell, and is left out of the scenario's other rounds.
/// </summary>
internal sealed class Comparison(IReadOnlyList<IContender> contenders, IReadOnlyList<Scenario> scenarios, int rounds, double seconds)
{
    private const double SecondsToWarmUp = 0.2;
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<ScenarioResult>> RunAsync()
    {
        var results = new List<ScenarioResult>();
        foreach (var scenario in scenarios)
        {
            var playing = contenders.Where(contender => contender.Plays(scenario)).ToList();
            if (playing.Count == 0)
                continue;

            var result = new ScenarioResult(scenario.Id, scenario.Name, scenario.IsLatency, [.. playing.Select(one => new Cell(one.Name, one.Pace.CountFor(scenario, seconds)))]);
            // What is too short to mean anything needs no warm-up.
            for (var round = seconds < SecondsToWarmUp ? 0 : -1; round < rounds; round++)
            {
                for (var i = 0; i < playing.Count; i++)
                    await PlayAsync(playing[i], scenario, result.Cells[i], isWarmUp: round < 0);
            }

            results.Add(result);
            Print(result);
        }

        return results;
    }

    private async Task PlayAsync(IContender contender, Scenario scenario, Cell cell, bool isWarmUp)
    {
        if (cell.Failure is not null)
            return;

        var time = isWarmUp ? Math.Min(seconds, SecondsToWarmUp) : seconds;
        using var patience = new CancellationTokenSource(_patience + TimeSpan.FromSeconds(10 * time));
        try
        {
            // A contender that does not even clean up must not keep the others from running.
            var run = await contender.RunAsync(scenario, contender.Pace.CountFor(scenario, time), time, patience.Token).WaitAsync(_patience * 2);
            if (!isWarmUp)
                cell.Add(run);
        }
#pragma warning disable CA1031 // Whatever a rival does, the comparison goes on.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            cell.Failure = exception is OperationCanceledException or TimeoutException ? "did not end in time" : exception.Message.Split('\n')[0];
            Console.Error.WriteLine($"{cell.Contender}, {scenario.Name}: {cell.Failure}");
        }
    }

    private static void Print(ScenarioResult result)
    {
        var first = result.Cells[0].Percentile(0.5);
        Console.WriteLine($"{result.Name}");
        foreach (var cell in result.Cells)
        {
            var text = cell.Values.Count == 0
                ? cell.Failure
                : result.IsLatency
                    ? string.Create(CultureInfo.InvariantCulture, $"p50 {cell.Percentile(0.5):0.000} ms, p99 {cell.Percentile(0.99):0.000} ms of {cell.Values.Count}")
                    : string.Create(CultureInfo.InvariantCulture, $"{cell.Percentile(0.5):N0} jobs/s ({cell.Values.Min():N0} to {cell.Values.Max():N0}), we: {first / cell.Percentile(0.5):0.00}×{Per(cell.Cpu, " µs of CPU")}{Per(cell.Bytes, " B")} per job");
            Console.WriteLine($"  {cell.Contender,-32} {text}");
        }
    }

    private static string Per(List<double> values, string unit) =>
        values.Count == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $", {Statistics.Median(values):0.0} (least {values.Min():0.0}){unit}");
}
