namespace Jobs.Hosting.Tests.Upgrades;

[Job(MaxAttempts = 1)]
public sealed class Transfer(Journal journal) : IJobHandler<TransferInput>
{
    public ValueTask HandleAsync(TransferInput input, JobContext context, CancellationToken cancellationToken)
    {
        journal.Add(input);
        return default;
    }
}
