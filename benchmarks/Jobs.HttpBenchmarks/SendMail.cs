namespace Jobs.HttpBenchmarks;

/// <summary>Only submitted here: the service is a client, and no worker runs.</summary>
[Job("send-mail")]
public sealed class SendMail : IJobHandler<Mail>
{
    public ValueTask HandleAsync(Mail input, JobContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
