namespace Jobs.Chaos.Tests.Databases;

/// <summary>How a run ended.</summary>
internal enum RunEnd
{
    Completed,
    Retry,
    Failed,
    Cancelled,
    Snoozed,
    Released,
    TakenOver,
}
