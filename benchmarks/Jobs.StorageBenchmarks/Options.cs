using System.Globalization;

namespace Jobs.StorageBenchmarks;

/// <summary>The command line.</summary>
internal sealed record Options
{
    public const string Usage = """
        Jobs.StorageBenchmarks                     all storages, beside the bare references and the rivals
          --only memory|sqlite|postgres            one of them
          --rounds 3  --seconds 0.7                interleaved rounds, and about how long a measurement takes
          --scenario e2e  --contender Jobs         one scenario (bulk, single, drain, e2e, e2e-single, delayed, latency); contenders whose names contain a text
          --no-rivals                              the product and the bare references only
          --out FOLDER                             also writes the figures there, as JSON
        Jobs.StorageBenchmarks --endurance SECONDS [--kept 1000000 (0: no such run)] [--single] [--out FOLDER]
                                                   throughput over time on PostgreSQL, by turns, SECONDS of each: clean, with finished jobs kept, with a transaction held open
        Jobs.StorageBenchmarks --workers 1,2,4 [--rounds 3] [--seconds 2] [--out FOLDER]
                                                   worker processes beside each other on one PostgreSQL server
        Jobs.StorageBenchmarks --control [--only sqlite|postgres] [--scale 1]
                                                   what keys, limits, lists, reports and changes by filter cost
        Jobs.StorageBenchmarks --dispatch [--rounds 15] [--out FOLDER]
                                                   the generated dispatch against a direct call
        Jobs.StorageBenchmarks --fact NAME=VALUE --out FOLDER
                                                   a figure that another program measured, for the report
        Jobs.StorageBenchmarks --report FOLDER     the report and its pictures, from the figures there
        """;

    public string Only { get; private init; } = string.Empty;

    public int Rounds { get; private init; } = 3;

    public double Seconds { get; private init; } = 0.7;

    public string Scenario { get; private init; } = string.Empty;

    public string Contender { get; private init; } = string.Empty;

    public bool HasRivals { get; private init; } = true;

    public string? Out { get; private init; }

    public double Endurance { get; private init; }

    public int Kept { get; private init; } = 1_000_000;

    public bool IsSingle { get; private init; }

    /// <summary>How many worker processes to compare.</summary>
    public IReadOnlyList<int> Workers { get; private init; } = [];

    /// <summary>The connection string of the database that this process is a worker of.</summary>
    public string? Work { get; private init; }

    public bool IsDispatch { get; private init; }

    public string? Fact { get; private init; }

    public bool IsControl { get; private init; }

    public double Scale { get; private init; } = 1;

    public string? Report { get; private init; }

    public static Options Parse(IReadOnlyList<string> args)
    {
        var options = new Options();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value.\n{Usage}");
            options = args[i] switch
            {
                "--only" => options with { Only = Value() },
                "--rounds" => options with { Rounds = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--seconds" => options with { Seconds = Number(Value()) },
                "--scenario" => options with { Scenario = Value() },
                "--contender" => options with { Contender = Value() },
                "--no-rivals" => options with { HasRivals = false },
                "--out" => options with { Out = Value() },
                "--endurance" => options with { Endurance = Number(Value()) },
                "--kept" => options with { Kept = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--single" => options with { IsSingle = true },
                "--workers" => options with { Workers = [.. Value().Split(',').Select(static count => int.Parse(count, CultureInfo.InvariantCulture))] },
                "--work" => options with { Work = Value() },
                "--control" => options with { IsControl = true },
                "--scale" => options with { Scale = Number(Value()) },
                "--dispatch" => options with { IsDispatch = true },
                "--fact" => options with { Fact = Value() },
                "--report" => options with { Report = Value() },
                _ => throw new ArgumentException($"{args[i]} is no option.\n{Usage}"),
            };
        }

        return options;
    }

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
