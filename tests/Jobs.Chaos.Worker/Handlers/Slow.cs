namespace Jobs.Chaos.Handlers;

/// <summary>Runs longer than the lease: the worker's heartbeats keep the job.</summary>
[Job("slow", MaxAttempts = 100, Backoff = BackoffKind.Fixed, BackoffDelay = "200ms")]
internal sealed class Slow(Audit audit) : IJobHandler<Work, WorkResult>
{
    public async ValueTask<WorkResult> HandleAsync(Work input, JobContext context, CancellationToken cancellationToken)
    {
        new Report("begun", context.JobId.ToString(), context.JobName, input.Number, context.Attempt).Say();
        await Task.Delay(input.Milliseconds, cancellationToken);
        await audit.NoteRunAsync(context, input);
        return new WorkResult(input.Number, context.Attempt, Environment.ProcessId);
    }
}
