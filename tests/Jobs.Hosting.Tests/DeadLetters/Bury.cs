namespace Jobs.Hosting.Tests.DeadLetters;

[Job]
public sealed class Bury(Journal journal) : IJobHandler<DeadLetter>
{
    public ValueTask HandleAsync(DeadLetter input, JobContext context, CancellationToken cancellationToken)
    {
        journal.Add(input);
        return ValueTask.CompletedTask;
    }
}
