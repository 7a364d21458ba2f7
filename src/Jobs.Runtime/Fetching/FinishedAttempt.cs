using Jobs.Execution;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>An attempt that has ended, and the outcome that is to be stored.</summary>
internal readonly record struct FinishedAttempt(JobExecution Execution, JobOutcome Outcome);
