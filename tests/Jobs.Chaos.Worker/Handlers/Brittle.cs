namespace Jobs.Chaos.Handlers;

/// <summary>Never runs: somebody spoils its payload in the database by hand.</summary>
[Job("brittle")]
internal sealed class Brittle(Audit audit) : IJobHandler<Work>
{
    public async ValueTask HandleAsync(Work input, JobContext context, CancellationToken cancellationToken) => await audit.NoteRunAsync(context, input);
}
