using System.Diagnostics;
using System.Globalization;
using Jobs.LongHorizon.Driving.Stresses;
using Jobs.LongHorizon.Running;
using Jobs.TestServers;

namespace Jobs.LongHorizon.Driving;

/// <summary>Plays the scenarios, each on a database of its own: warm-up, calm, disturbance, recovery; then nothing may be left, and nothing lost.</summary>
internal static class Driver
{
    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestCalm = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _longestRecovery = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan _longestRest = TimeSpan.FromSeconds(60);

    /// <returns>The exit code: not zero when a job was lost, was left over, or the process did not end in time.</returns>
    public static async Task<int> RunAsync(DriverOptions options)
    {
        var start = TimeProvider.System.GetUtcNow();
        await using var server = await PostgreSqlServer.StartAsync();
        var outcomes = new List<Outcome>();
        foreach (var stress in Stress.All().Where(stress => options.Only.Length == 0 || stress.Key == options.Only))
        {
            if (stress.NeedsOwnServer && !server.IsOwn)
            {
                Console.WriteLine($"{stress.Name}: left out, the server is not ours to stop.");
                continue;
            }

            outcomes.Add(await PlayAsync(stress, server, options));
            Console.WriteLine(HorizonReport.Line(outcomes[^1]));
        }

        if (options.Out is { } folder)
            await HorizonReport.WriteAsync(folder, outcomes, options, start);

        return outcomes.Exists(static outcome => outcome.Lost > 0 || outcome.Enqueued == 0 || outcome.TimeToEnd > TimeSpan.FromSeconds(5)) ? 1 : 0;
    }

    private static async Task<Outcome> PlayAsync(Stress stress, PostgreSqlServer server, DriverOptions options)
    {
        var folder = Directory.CreateTempSubdirectory("jobs-long-horizon-");
        var connectionString = await server.CreateDatabaseAsync();
        await using var runner = new RunnerProcess(connectionString, options.Rate, folder.FullName);
        await using var tables = new TableWatch(connectionString);
        var stage = new Stage(server, connectionString, runner, options.Rate);
        var points = new List<Point>();
        var start = Stopwatch.GetTimestamp();

        async Task WatchAsync(Phase phase, TimeSpan time, Func<bool>? until = null)
        {
            for (var phaseStart = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(phaseStart) < time && until?.Invoke() != true;)
            {
                await Task.Delay(Clock.UntilNext(_second));
                var (dead, size) = await tables.ReadAsync();
                points.Add(new Point(Stopwatch.GetElapsedTime(start).TotalSeconds, phase, runner.Last("enqueue_rate"), runner.Last("completion_rate"), runner.Last("claim_p50_ms"), runner.Last("claim_p95_ms"), runner.Last("claim_p99_ms"), runner.Last("queue_depth"), dead, size));
            }
        }

        await runner.StartAsync();
        var calm = options.Stress < _longestCalm ? options.Stress : _longestCalm;
        await WatchAsync(Phase.WarmUp, calm / 2);
        await WatchAsync(Phase.Clean, calm);
        var bound = points.Where(static point => point.Phase == Phase.Clean).Select(static point => point.Depth).DefaultIfEmpty().Max() + (options.Rate / 5.0);
        await stress.BeginAsync(stage);
        await WatchAsync(Phase.Stress, options.Stress);
        await stress.EndAsync(stage);
        var ended = Stopwatch.GetTimestamp();
        TimeSpan? recovery = null;
        await WatchAsync(Phase.Recovery, _longestRecovery, () =>
        {
            if (recovery is null && runner.Last("completion_rate") >= options.Rate * 0.9 && runner.Last("queue_depth") <= bound)
                recovery = Stopwatch.GetElapsedTime(ended);

            return recovery is { } time && Stopwatch.GetElapsedTime(ended) > time + (calm / 2);
        });

        runner.Ask(0);
        await using var audit = new Audit(connectionString);
        if (!await audit.WaitUntilDoneAsync(_longestRest))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{stress.Name}: jobs were left over after {_longestRest.TotalSeconds:0} s."));

        var timeToEnd = await runner.EndAsync();
        var (enqueued, lost) = await audit.CompareAsync(runner.Ledgers);
        folder.Delete(recursive: true);
        return new Outcome(stress.Name, points, recovery, enqueued, lost, timeToEnd);
    }
}
