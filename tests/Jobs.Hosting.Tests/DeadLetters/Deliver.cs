namespace Jobs.Hosting.Tests.DeadLetters;

public sealed record DeliverInput(string To, int Weight);

[Job(MaxAttempts = 1, DeadLetterTo = typeof(ReturnToSender))]
public sealed class Deliver : IJobHandler<DeliverInput>
{
    public ValueTask HandleAsync(DeliverInput input, JobContext context, CancellationToken cancellationToken) =>
        input.Weight > 100 ? throw new InvalidOperationException("Too heavy.") : ValueTask.CompletedTask;
}
