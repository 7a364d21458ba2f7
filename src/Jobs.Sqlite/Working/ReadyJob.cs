namespace Jobs.Sqlite;

/// <summary>A row of jobs_ready.</summary>
/// <param name="Rank">The negated priority.</param>
/// <param name="Job">The job's number; a smaller one is older.</param>
/// <param name="Runs">The runs that counted.</param>
/// <param name="Takeovers">How often it was taken over.</param>
internal readonly record struct ReadyJob(long Rank, long Job, int Runs, int Takeovers);
