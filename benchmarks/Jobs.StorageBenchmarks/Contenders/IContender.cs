namespace Jobs.StorageBenchmarks.Contenders;

/// <summary>A system under measurement. Each run starts on storage of its own, empty and never analysed.</summary>
internal interface IContender
{
    string Name { get; }

    /// <summary>Its version and how it was set up, for the report.</summary>
    string Configuration { get; }

    Pace Pace { get; }

    /// <summary>Whether it has what the scenario needs.</summary>
    bool Plays(Scenario scenario);

    /// <summary>Plays a scenario with so many jobs; a latency scenario ends after so many seconds at the latest.</summary>
    Task<Run> RunAsync(Scenario scenario, int count, double seconds, CancellationToken cancellationToken);
}
