namespace Jobs.Chaos.Handlers;

/// <summary>Takes its time, then notes that it ran.</summary>
[Job("plain", MaxAttempts = 100, Backoff = BackoffKind.Fixed, BackoffDelay = "200ms")]
internal sealed class Plain(Audit audit) : IJobHandler<Work, WorkResult>
{
    public async ValueTask<WorkResult> HandleAsync(Work input, JobContext context, CancellationToken cancellationToken)
    {
        await Task.Delay(input.Milliseconds, cancellationToken);
        await audit.NoteRunAsync(context, input);
        return new WorkResult(input.Number, context.Attempt, Environment.ProcessId);
    }
}
