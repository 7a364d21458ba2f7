namespace Jobs.Hosting.Tests.Secrecy;

/// <summary>Keeps what it is told, or fails without a word of it.</summary>
[Job(MaxAttempts = 2, BackoffDelay = "10ms")]
public sealed class Confide : IJobHandler<Confidence, string>
{
    public ValueTask<string> HandleAsync(Confidence input, JobContext context, CancellationToken cancellationToken) =>
        input.Mood is Mood.Well ? new(input.Text) : throw new InvalidOperationException("Not in the mood.");
}
