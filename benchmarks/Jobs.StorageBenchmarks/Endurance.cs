using System.Diagnostics;
using System.Globalization;
using Jobs.TestServers;

namespace Jobs.StorageBenchmarks;

/// <summary>
/// Throughput over minutes on PostgreSQL: on clean tables, with many finished jobs kept, and with a transaction that holds an id for as
/// long as all take. They take turns of ten seconds, because no machine is as fast from one minute to the next as that they could be
/// compared otherwise. Prints a curve (jobs per second, dead tuples, sizes) and compares the means. Vacuum and checkpoints of one may
/// come in the turn of another.
/// </summary>
/// <param name="server">The server.</param>
/// <param name="time">How long the turns of each are together.</param>
/// <param name="isSingle">Whether callers enqueue one by one; else a thousand at a time.</param>
/// <param name="kept">How many finished jobs the second begins with; 0: there is none.</param>
internal sealed class Endurance(PostgreSqlServer server, TimeSpan time, bool isSingle, int kept)
{
    private static readonly TimeSpan _longestTurn = TimeSpan.FromSeconds(10);

    /// <returns>The rates, and how long the transaction was held open.</returns>
    public async Task<IReadOnlyDictionary<string, double>> RunAsync()
    {
        var sides = new List<EnduranceSide> { await EnduranceSide.OpenAsync(server, "clean", "clean", isSingle, finished: 0, isHeld: false) };
        if (kept > 0)
            sides.Add(await EnduranceSide.OpenAsync(server, "finished", string.Create(CultureInfo.InvariantCulture, $"{kept:N0} finished jobs kept"), isSingle, kept, isHeld: false));

        sides.Add(await EnduranceSide.OpenAsync(server, "held", "a transaction id held open", isSingle, finished: 0, isHeld: true));
        var start = Stopwatch.GetTimestamp();
        await TakeTurnsAsync(sides);

        var clean = sides[0].Rate;
        var facts = new Dictionary<string, double> { ["endurance.seconds"] = Stopwatch.GetElapsedTime(start).TotalSeconds, ["endurance.kept"] = kept };
        Console.WriteLine();
        foreach (var side in sides)
        {
            facts["endurance." + side.Key] = side.Rate;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{side.Name}: {side.Rate:N0} jobs/s, {side.Rate / clean:P0} of the clean one's"));
            await side.DisposeAsync();
        }

        return facts;
    }

    private async Task TakeTurnsAsync(IReadOnlyList<EnduranceSide> sides)
    {
        var turn = time / 4 < _longestTurn ? time / 4 : _longestTurn;
        Console.WriteLine("| s | | jobs/s | dead tuples: ready, lease, job, receipt | MiB |\n|---|---|---|---|---|");
        var start = Stopwatch.GetTimestamp();
        for (var i = 0; i <= time / turn; i++)
        {
            // Whoever is first in a round is last in the next.
            foreach (var side in i % 2 == 0 ? sides : sides.Reverse())
            {
                var rate = await side.TakeTurnAsync(turn, isWarmUp: i == 0);
                var tables = await side.DescribeTablesAsync();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {Stopwatch.GetElapsedTime(start).TotalSeconds:0} | {side.Name} | {rate:N0} | {tables} |"));
            }
        }
    }
}
