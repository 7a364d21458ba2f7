using System.Diagnostics;
using Jobs.Execution;
using Jobs.Logs;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Pushing;

/// <summary>The attempts of a job whose handler is elsewhere. Lease, cancellation and shutdown are as for any other.</summary>
/// <remarks>Middleware, validation and the application's say about failures belong to the handler, and are where it is.</remarks>
internal sealed class DeliveredExecution(RegisteredJob job, JobWorker worker, IAttemptRunner runner) : JobExecution(job, worker)
{
    // What runs it may still tell of it when it has been given up.
    protected override bool CanRecycle => false;

    protected override bool IsLimitedHere => false;

    public override byte[]? WriteResult<TValue>(TValue result, JobId id) => throw new UnreachableException("There is no handler here that could have a result.");

    protected override async ValueTask<byte[]?> ExecuteAsync(AttemptContext context, CancellationToken cancellationToken)
    {
        var outcome = await runner.RunAsync(new ClaimedJob(Record, Lease, Attempt, ClaimedAt), new Observer(context, worker.Logs), cancellationToken).ConfigureAwait(false);
        if (outcome is { Kind: JobOutcomeKind.Failed, Reason: FailureReason.NoHandler } && worker.OtherVersions.LeaveToOtherReceivers(this) is { } delay)
        {
            outcome = new JobOutcome { Id = JobId, Lease = Lease, Kind = JobOutcomeKind.Snoozed, Delay = delay };
        }

        return outcome.Kind is JobOutcomeKind.Completed ? Check(outcome) : throw new DeliveredEnding(outcome);
    }

    protected override void Clear()
    {
        // Nothing is kept between attempts: none is recycled.
    }

    /// <summary>Whoever waits for the result has to be able to read it.</summary>
    private byte[]? Check(in JobOutcome outcome)
    {
        var limit = worker.Runtime.Settings.Limits.MaxResultBytes;
        if (outcome.Result?.Length > limit)
        {
            throw new DeliveredEnding(Refused(JobOutcomeKind.Failed, FailureReason.NonRetryable, $"The result has {outcome.Result.Length:N0} bytes as JSON; {limit:N0} are allowed. Store large data elsewhere and return a reference, or raise Limits.MaxResultBytes."));
        }

        // A job without a result has none, whatever the receiver says.
        var result = Job.Descriptor.ResultType is null ? null : outcome.Result;
        return Job.FindResultProblem(result) is { } problem
            ? throw new DeliveredEnding(Refused(JobOutcomeKind.Retry, FailureReason.HandlerError, $"The receiver's result is refused: {problem}") with { Delay = Timeout.InfiniteTimeSpan })
            : result;
    }

    private JobOutcome Refused(JobOutcomeKind kind, FailureReason reason, string message) => new() { Id = JobId, Lease = Lease, Kind = kind, Reason = reason, Error = AttemptErrors.From(message) };

    private sealed class Observer(AttemptContext context, JobLogBuffer logs) : IAttemptObserver
    {
        public void OnProgress(ProgressReport report) => context.Report(report.Percent, report.Data, report.Message);

        public void OnLog(JobLogLine line)
        {
            if (context.TryGetLease(out var lease))
            {
                logs.Add(line with { Id = context.JobId, Lease = lease, Attempt = context.Attempt, Message = AttemptErrors.Cut(line.Message, logs.Options.MaxLineLength)! });
            }
        }

        public void OnExtended(TimeSpan by)
        {
            // The limit is kept by what runs the attempt.
        }
    }
}
