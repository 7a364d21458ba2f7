using Jobs.Execution;
using Jobs.Telemetry;

namespace Jobs.Retries;

/// <summary>Asks the application's callbacks what becomes of a failed attempt.</summary>
internal static class FailureDecision
{
    public static RetryDecision Make(JobExecution execution, Exception exception)
    {
        var runtime = execution.Host.Runtime;
        if (runtime.Settings.OnFailure.Count == 0)
        {
            return RetryDecision.Default;
        }

        var failed = new FailedAttempt(execution.JobId, execution.JobName, execution.Queue, execution.Attempt, execution.MaxAttempts, exception);
        foreach (var decide in runtime.Settings.OnFailure)
        {
            try
            {
                if (decide(failed) is var decision && decision != RetryDecision.Default)
                {
                    return decision.Delay > EnqueueRules.MaxDuration ? RetryDecision.After(EnqueueRules.MaxDuration) : decision;
                }
            }
            catch (Exception fault)
            {
                // The attempt must end one way or another; its own error is what counts.
                JobsLog.FailureCallbackFailed(runtime.Logger, execution.JobId, execution.JobName, fault);
            }
        }

        return RetryDecision.Default;
    }
}
