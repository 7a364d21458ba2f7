namespace Jobs.Chaos.Version2;

/// <summary>A job that only version 2 of the application knows.</summary>
[Job("parcel")]
internal sealed class Parcel(Audit audit) : IJobHandler<Work, WorkResult>
{
    public async ValueTask<WorkResult> HandleAsync(Work input, JobContext context, CancellationToken cancellationToken)
    {
        await audit.NoteRunAsync(context, input);
        return new WorkResult(input.Number, context.Attempt, Environment.ProcessId);
    }
}
