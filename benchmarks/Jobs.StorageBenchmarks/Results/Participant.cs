namespace Jobs.StorageBenchmarks.Results;

/// <summary>A contender's name, and its version and set-up.</summary>
internal sealed record Participant(string Name, string Configuration);
