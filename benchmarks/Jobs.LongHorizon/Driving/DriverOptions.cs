using System.Globalization;

namespace Jobs.LongHorizon.Driving;

/// <summary>How the scenarios are played.</summary>
internal sealed record DriverOptions
{
    /// <summary>How long the disturbance of a scenario lasts; what comes before it takes as long, at most ten seconds.</summary>
    public TimeSpan Stress { get; private init; } = TimeSpan.FromSeconds(15);

    /// <summary>Jobs per second.</summary>
    public int Rate { get; private init; } = 2000;

    /// <summary>One scenario, by its key; empty: all.</summary>
    public string Only { get; private init; } = string.Empty;

    /// <summary>Where the report goes; null: nowhere.</summary>
    public string? Out { get; private init; }

    public static DriverOptions Parse(IReadOnlyList<string> args)
    {
        var options = new DriverOptions();
        for (var i = 0; i < args.Count; i++)
        {
            string Value() => ++i < args.Count ? args[i] : throw new ArgumentException($"{args[i - 1]} wants a value.");
            options = args[i] switch
            {
                // A smoke shows that it runs: the scenario that needs most of it.
                "--smoke" => options with { Stress = TimeSpan.FromSeconds(2), Rate = 200, Only = "kill" },
                "--seconds" => options with { Stress = TimeSpan.FromSeconds(double.Parse(Value(), CultureInfo.InvariantCulture)) },
                "--rate" => options with { Rate = int.Parse(Value(), CultureInfo.InvariantCulture) },
                "--only" => options with { Only = Value() },
                "--out" => options with { Out = Value() },
                _ => throw new ArgumentException($"{args[i]} is no option: --smoke, --seconds, --rate, --only, --out."),
            };
        }

        return options;
    }
}
