namespace Jobs.Chaos.Version1;

/// <summary>A job that only version 1 of the application knows.</summary>
[Job("letter")]
internal sealed class Letter(Audit audit) : IJobHandler<Work, WorkResult>
{
    public async ValueTask<WorkResult> HandleAsync(Work input, JobContext context, CancellationToken cancellationToken)
    {
        await audit.NoteRunAsync(context, input);
        return new WorkResult(input.Number, context.Attempt, Environment.ProcessId);
    }
}
