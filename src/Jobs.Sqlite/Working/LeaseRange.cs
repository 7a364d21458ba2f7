namespace Jobs.Sqlite;

/// <summary>Jobs of one lane and priority that one statement holds: all that are ready between two numbers.</summary>
/// <param name="First">The first job's number.</param>
/// <param name="Last">The last one's.</param>
/// <param name="Offset">What a job's number and its token differ by.</param>
/// <param name="Policy">The policy of all of them.</param>
internal readonly record struct LeaseRange(long First, long Last, long Offset, string Policy);
