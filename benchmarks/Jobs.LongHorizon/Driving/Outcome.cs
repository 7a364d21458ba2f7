namespace Jobs.LongHorizon.Driving;

/// <summary>What a scenario came to.</summary>
/// <param name="Name">The scenario.</param>
/// <param name="Points">Second by second.</param>
/// <param name="Recovery">From the end of the disturbance until the rate and the depth were as before; null when they never were.</param>
/// <param name="Enqueued">Jobs whose enqueue returned.</param>
/// <param name="Lost">Those of them that the product's records do not show as completed.</param>
/// <param name="TimeToEnd">From SIGTERM to the process's end.</param>
internal sealed record Outcome(string Name, IReadOnlyList<Point> Points, TimeSpan? Recovery, long Enqueued, long Lost, TimeSpan TimeToEnd)
{
    /// <summary>The mean of a phase; zero when there is none.</summary>
    public double Mean(Phase phase, Func<Point, double> value) => Points.Where(point => point.Phase == phase).Select(value).DefaultIfEmpty().Average();

    public double Most(Phase phase, Func<Point, double> value) => Points.Where(point => point.Phase == phase).Select(value).DefaultIfEmpty().Max();
}
