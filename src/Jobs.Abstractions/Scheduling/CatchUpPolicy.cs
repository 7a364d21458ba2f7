namespace Jobs;

/// <summary>What a schedule does about times that nobody was there for.</summary>
public enum CatchUpPolicy
{
    /// <summary>As the product does: <see cref="Once"/>.</summary>
    Default,

    /// <summary>Nothing: what is more than a minute late is left out.</summary>
    Skip,

    /// <summary>One run for all of them.</summary>
    Once,

    /// <summary>A run for each of them, the latest <see cref="ScheduleOptions.MaxCatchUp"/> at most.</summary>
    All,
}
