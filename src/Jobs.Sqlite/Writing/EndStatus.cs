namespace Jobs.Sqlite;

/// <summary>The numbers in jobs_ended.status. They are part of the schema.</summary>
internal enum EndStatus
{
    Completed = 3,
    Failed = 4,
    Cancelled = 5,
}
