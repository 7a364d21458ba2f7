namespace Jobs.Chaos.Handlers;

/// <summary>Fails at the first attempt.</summary>
[Job("flaky", MaxAttempts = 100, Backoff = BackoffKind.Fixed, BackoffDelay = "100ms")]
internal sealed class Flaky(Audit audit) : IJobHandler<Work, WorkResult>
{
    public async ValueTask<WorkResult> HandleAsync(Work input, JobContext context, CancellationToken cancellationToken)
    {
        if (context.Attempt == 1)
            throw new InvalidOperationException("The first attempt fails, as it should.");

        await audit.NoteRunAsync(context, input);
        return new WorkResult(input.Number, context.Attempt, Environment.ProcessId);
    }
}
