namespace Jobs.StorageBenchmarks.Contenders.InMemory;

/// <summary>
/// A system without storage. It takes jobs one by one where it has no call for many, and its worker runs from the beginning where it
/// cannot keep jobs without one: such a system does not play the drain.
/// </summary>
internal abstract class InMemoryContender(CpuMeter meter, Pace pace, bool drains) : LocalContender(meter)
{
    /// <summary>
    /// As many jobs for everybody who can work them off in reasonable time, however fast: objects that wait or are kept make every
    /// further one dearer, for the collector.
    /// </summary>
    protected static Pace Alike { get; } = new(150_000, (150_000, 150_000, 150_000), 150_000, 150_000);

    public override Pace Pace => pace;

    public override bool Plays(Scenario scenario) => scenario.Key == "e2e-single" || (base.Plays(scenario) && (drains || scenario.Key != "drain"));

    protected override async Task EnqueueManyAsync(int count)
    {
        for (var i = 0; i < count; i++)
            await EnqueueAsync();
    }

    protected override Task WorkAsync() => Task.CompletedTask;
}
