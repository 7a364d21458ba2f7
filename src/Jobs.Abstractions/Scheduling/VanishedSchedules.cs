namespace Jobs;

/// <summary>What becomes of stored schedules that this application declared once and declares no more. They are reported in the log in any case.</summary>
public enum VanishedSchedules
{
    /// <summary>They are paused, and resumed when they are declared again.</summary>
    Pause,

    /// <summary>They go on.</summary>
    Keep,

    /// <summary>They are removed.</summary>
    Remove,
}
