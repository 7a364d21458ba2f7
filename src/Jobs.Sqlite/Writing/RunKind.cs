namespace Jobs.Sqlite;

/// <summary>The numbers in jobs_run.kind. They are part of the schema.</summary>
internal enum RunKind
{
    Retry = 1,
    Failed = 2,
    Cancelled = 3,
    Snoozed = 4,
    Released = 5,
    TakenOver = 100,
}
