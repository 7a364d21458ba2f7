namespace Jobs.Hosting.Tests.DeadLetters;

[Job("return", Queue = "returns")]
public sealed class ReturnToSender(Journal journal) : IJobHandler<DeadLetter<DeliverInput>>
{
    public ValueTask HandleAsync(DeadLetter<DeliverInput> input, JobContext context, CancellationToken cancellationToken)
    {
        journal.Add(input);
        return ValueTask.CompletedTask;
    }
}
