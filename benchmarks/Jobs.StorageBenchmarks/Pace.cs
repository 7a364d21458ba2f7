namespace Jobs.StorageBenchmarks;

/// <summary>
/// About how fast a system is, in jobs per second, so that a measurement of it takes about as long as any other's. A system that is
/// faster or slower than this only takes less or more time; nothing is computed from it.
/// </summary>
/// <param name="Bulk">Enqueued by the thousand.</param>
/// <param name="Single">One by one, by 1, 8 and 64 callers.</param>
/// <param name="Drain">Worked off.</param>
/// <param name="EndToEnd">Worked off while enqueueing goes on.</param>
internal sealed record Pace(int Bulk, (int One, int Eight, int SixtyFour) Single, int Drain, int EndToEnd)
{
    /// <summary>A hundred thousand in a measurement of the usual length, for every system: so many become due at once, whoever works them off.</summary>
    private const double Delayed = 100_000 / 0.7;

    /// <summary>How many jobs make a measurement of so many seconds.</summary>
    public int CountFor(Scenario scenario, double seconds) => Math.Max(20, (int)(seconds * scenario.Length * scenario.Key switch
    {
        "bulk" => Bulk,
        "single" => scenario.Callers switch { 1 => Single.One, 8 => Single.Eight, _ => Single.SixtyFour },
        "drain" => Drain,
        "delayed" => Delayed,
        "latency" => 50,
        _ => EndToEnd,
    }));
}
