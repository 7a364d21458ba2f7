using System.Globalization;
using System.Text.Json;

namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>A rival from npm, in a process of its own, on the same server.</summary>
/// <param name="name">For the tables.</param>
/// <param name="package">The npm package, whose version is told with the configuration.</param>
/// <param name="system">The module that speaks to it.</param>
/// <param name="configuration">How it was set up.</param>
/// <param name="rivals">Where the packages are.</param>
/// <param name="pace">About how fast it is.</param>
/// <param name="createStore">Makes an empty store and gives its URL.</param>
/// <param name="meter">The store's processor time.</param>
internal sealed class NodeContender(string name, string package, string system, string configuration, NodeRivals rivals, Pace pace, Func<Task<string>> createStore, CpuMeter meter) : IContender
{
    public string Name => name;

    public string Configuration => $"{rivals.VersionOf(package)}, {configuration}; one Node process";

    public Pace Pace => pace;

    public bool Plays(Scenario scenario) => scenario.Key is not ("delayed" or "e2e-single");

    public async Task<Run> RunAsync(Scenario scenario, int count, double seconds, CancellationToken cancellationToken)
    {
        if (rivals.Missing is { } missing)
            throw new InvalidOperationException(missing);

        using var process = rivals.Start(
            await createStore(),
            [system, scenario.Key, count.ToString(CultureInfo.InvariantCulture), scenario.Callers.ToString(CultureInfo.InvariantCulture), seconds.ToString(CultureInfo.InvariantCulture)]);
        var errors = process.StandardError.ReadToEndAsync(cancellationToken);
        try
        {
            var server = 0.0;
            Run? run = null;
            while (await process.StandardOutput.ReadLineAsync(cancellationToken) is { } line)
            {
                if (!line.StartsWith('{'))
                    continue;

                using var answer = JsonDocument.Parse(line);
                if (answer.RootElement.TryGetProperty("measuring", out _))
                    server = meter.ReadServer();
                else
                    run = Read(answer.RootElement, count, server);
            }

            await process.WaitForExitAsync(cancellationToken);
            return run ?? throw new InvalidOperationException($"{system} gave no answer: {(await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).LastOrDefault(static text => text.Contains("Error", StringComparison.Ordinal)) ?? "no message"}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    private Run Read(JsonElement answer, int count, double server) =>
        answer.TryGetProperty("latencies", out var latencies)
            ? new Run([.. latencies.EnumerateArray().Select(static latency => latency.GetDouble())])
            : new Run([count / answer.GetProperty("seconds").GetDouble()], (answer.GetProperty("cpu").GetDouble() + meter.ReadServer() - server) / count, (meter.ReadServer() - server) / count);
}
