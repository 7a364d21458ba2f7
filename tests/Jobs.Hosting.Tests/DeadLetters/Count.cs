namespace Jobs.Hosting.Tests.DeadLetters;

[Job(MaxAttempts = 1, DeadLetterTo = typeof(Bury))]
public sealed class Count : IJobHandler<int, int>
{
    public ValueTask<int> HandleAsync(int input, JobContext context, CancellationToken cancellationToken) => throw context.Fail("I cannot count.");
}
