namespace Jobs.Sqlite;

/// <summary>What a row of jobs_ready or jobs_scheduled said that was just taken out.</summary>
internal readonly record struct PendingJob(long DueAt, int Runs, int Takeovers);
