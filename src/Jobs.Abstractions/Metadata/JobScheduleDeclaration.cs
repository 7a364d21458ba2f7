using System.ComponentModel;

namespace Jobs.Metadata;

/// <summary>A schedule that is declared with its job. Made by generated code.</summary>
/// <typeparam name="TInput">The input, or <see cref="JobVoid"/>.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class JobScheduleDeclaration<TInput>
{
    /// <summary>The schedule's id.</summary>
    public required string Id { get; init; }

    /// <summary>When it runs.</summary>
    public required string Cron { get; init; }

    /// <summary>The zone's id.</summary>
    public string? TimeZone { get; init; }

    /// <summary>See <see cref="JobScheduleAttribute.Overlap"/>.</summary>
    public OverlapPolicy Overlap { get; init; }

    /// <summary>See <see cref="JobScheduleAttribute.CatchUp"/>.</summary>
    public CatchUpPolicy CatchUp { get; init; }

    /// <summary>See <see cref="JobScheduleAttribute.Jitter"/>.</summary>
    public string? Jitter { get; init; }

    /// <summary>Makes the input; null when it has no form without arguments, or the job has no input.</summary>
    public Func<TInput>? Input { get; init; }
}
