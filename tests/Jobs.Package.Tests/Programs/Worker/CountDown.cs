using Jobs;

namespace Worker;

/// <summary>Each run enqueues the next one; the last one stops the service.</summary>
[Job]
public sealed class CountDown(JobClient jobs, IHostApplicationLifetime lifetime) : IJobHandler<int>
{
    public async ValueTask HandleAsync(int input, JobContext context, CancellationToken cancellationToken)
    {
        Console.WriteLine(input);
        if (input > 1)
            await jobs.CountDown.EnqueueAsync(input - 1, cancellationToken: cancellationToken);
        else
            lifetime.StopApplication();
    }
}
