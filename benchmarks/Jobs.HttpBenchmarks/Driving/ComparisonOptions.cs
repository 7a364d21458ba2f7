using System.Globalization;

namespace Jobs.HttpBenchmarks.Driving;

/// <summary>What to measure.</summary>
/// <param name="Rounds">How often each pair is measured, in turn.</param>
/// <param name="Duration">For how long each time.</param>
/// <param name="Connections">With how many connections, each with one request at a time.</param>
/// <param name="Only">"postgres", "sqlite", or nothing for both.</param>
internal sealed record ComparisonOptions(int Rounds, TimeSpan Duration, IReadOnlyList<int> Connections, string Only)
{
    public static ComparisonOptions Parse(string[] args)
    {
        var isSmoke = args.Contains("--smoke");
        return new ComparisonOptions(
            int.Parse(Option("--rounds", isSmoke ? "1" : "5"), CultureInfo.InvariantCulture),
            TimeSpan.FromSeconds(double.Parse(Option("--seconds", isSmoke ? "0.3" : "3"), CultureInfo.InvariantCulture)),
            Array.ConvertAll(Option("--connections", isSmoke ? "1,8" : "1,8,64,256").Split(','), static text => int.Parse(text, CultureInfo.InvariantCulture)),
            Option("--only", string.Empty));

        string Option(string name, string standard)
        {
            var index = Array.IndexOf(args, name);
            return index >= 0 && index + 1 < args.Length ? args[index + 1] : standard;
        }
    }
}
