using System.Globalization;

namespace Jobs.StorageBenchmarks.Reporting;

/// <summary>What was aimed at, and what was reached; null where it was not measured in this run.</summary>
internal sealed record Target(string What, double Least, double? Hope, double? Reached, string Unit = "×", bool IsUpperBound = false, string? Note = null)
{
    public string Row()
    {
        var sign = IsUpperBound ? "< " : string.Empty;
        return string.Create(CultureInfo.InvariantCulture, $"| {What} | {sign}{Least}{Unit} | {(Hope is { } hope ? string.Create(CultureInfo.InvariantCulture, $"{sign}{hope}{Unit}") : string.Empty)} | {(Reached is { } reached ? string.Create(CultureInfo.InvariantCulture, $"{reached:0.00}{Unit}") : "not measured")}{(Note is null ? string.Empty : $" ({Note})")} | {Answer()} |");
    }

    private string Answer() => Reached switch
    {
        null => "–",
        { } reached when Hope is { } hope && Meets(reached, hope) => "**yes**, and what was hoped for",
        { } reached => Meets(reached, Least) ? "**yes**" : "no",
    };

    private bool Meets(double reached, double bound) => IsUpperBound ? reached < bound : reached >= bound;
}
