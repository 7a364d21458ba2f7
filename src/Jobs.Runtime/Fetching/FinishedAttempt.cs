using Jobs.Execution;
using Jobs.Storage;

namespace Jobs.Fetching;

/// <summary>An attempt that has ended, and the outcome that is to be stored.</summary>
/// <param name="Execution">The attempt.</param>
/// <param name="Outcome">Its outcome.</param>
/// <param name="IsResent">Whether it was sent before and the answer was lost: then a refusal may mean that it was stored.</param>
internal readonly record struct FinishedAttempt(JobExecution Execution, JobOutcome Outcome, bool IsResent = false);
