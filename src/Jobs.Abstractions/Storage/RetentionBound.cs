namespace Jobs.Storage;

/// <summary>
/// How many finished records of one name are kept, beside their retention by age: the ones that ended last. What is beyond is removed by
/// maintenance, in its batches.
/// </summary>
/// <param name="Name">The stored name of the jobs.</param>
/// <param name="MaxCompleted">How many completed ones, at least 1; null for as many as their age allows.</param>
/// <param name="MaxFailed">How many that failed or were cancelled, together, at least 1; null for as many as their age allows.</param>
public sealed record RetentionBound(string Name, int? MaxCompleted, int? MaxFailed);
