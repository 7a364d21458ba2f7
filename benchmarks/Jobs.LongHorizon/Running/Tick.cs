namespace Jobs.LongHorizon.Running;

/// <summary>The job: waits as long as the harness says that work takes.</summary>
[Job("tick")]
internal sealed class Tick(Progress progress, RunnerSettings settings) : IJobHandler<Ticket>
{
    public async ValueTask HandleAsync(Ticket input, JobContext context, CancellationToken cancellationToken)
    {
        progress.Claims.Add(Clock.Milliseconds - input.EnqueuedAt);
        if (settings.Work > TimeSpan.Zero)
            await Task.Delay(settings.Work, cancellationToken);

        progress.CountCompleted();
    }
}
