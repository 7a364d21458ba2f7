namespace Jobs.Generator.Contracts;

/// <summary>What others rely on in a job.</summary>
internal sealed record JobContract
{
    public IReadOnlyList<string> Aliases { get; init; } = [];

    /// <summary>The type of the input; null without one.</summary>
    public string? Input { get; init; }

    public string? Result { get; init; }

    /// <summary>The day since which nobody is to be told that the job is gone; null while it is there.</summary>
    public string? Retired { get; init; }
}
