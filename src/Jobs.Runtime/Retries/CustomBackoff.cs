using Jobs.Execution;
using Jobs.Telemetry;

namespace Jobs.Retries;

/// <summary>The delay that <see cref="JobOptions.Backoff"/> computes.</summary>
internal static class CustomBackoff
{
    /// <summary>The delay; null when the job's policy decides.</summary>
    public static TimeSpan? Delay(JobExecution execution, Exception exception)
    {
        var runtime = execution.Host.Runtime;
        if (!runtime.Settings.Jobs.TryGetValue(execution.Job.Name, out var options) || options.Backoff is not { } backoff)
        {
            return null;
        }

        try
        {
            var delay = backoff(new FailedAttempt(execution.JobId, execution.JobName, execution.Queue, execution.Attempt, execution.MaxAttempts, exception)).Value;
            return delay > EnqueueRules.MaxDuration ? EnqueueRules.MaxDuration : delay;
        }
        catch (Exception fault)
        {
            // The attempt must end one way or another; its own error is what counts.
            JobsLog.BackoffFailed(runtime.Logger, execution.JobId, execution.JobName, fault);
            return null;
        }
    }
}
