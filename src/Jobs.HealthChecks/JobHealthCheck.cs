using System.Globalization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Jobs;

/// <summary>Judges what <see cref="IJobHealth"/> says.</summary>
internal sealed class JobHealthCheck(IJobHealth jobs, JobHealthCheckOptions options) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var health = await jobs.CheckAsync(cancellationToken).ConfigureAwait(false);
        var data = new Dictionary<string, object>
        {
            ["workers"] = health.LiveWorkers,
            ["backlog"] = health.Backlog,
            ["oldestDueAge"] = (health.OldestDueAge ?? TimeSpan.Zero).ToString(null, CultureInfo.InvariantCulture),
            ["abandonedHandlers"] = health.AbandonedHandlers,
        };
        return FindFault(health) is { } fault
            ? new HealthCheckResult(context.Registration.FailureStatus, fault, data: data)
            : FindConcern(health) is { } concern ? HealthCheckResult.Degraded(concern, data: data) : HealthCheckResult.Healthy("Jobs are stored and run.", data);
    }

    private string? FindFault(JobHealth health) => health switch
    {
        { StorageError: { } error } => $"The storage of jobs cannot be reached: {error}",
        { IsOverwhelmed: true } => "As many handlers as the worker has slots ignored their cancellation and still run; it takes no more jobs. Restart this process.",
        { HasWorker: true, IsWorkerAlive: false } => "This process's worker is not known as alive: its heartbeats fail, or it was declared dead.",
        _ when health.LiveWorkers < options.MinimumWorkers => $"{health.LiveWorkers} workers are alive; {options.MinimumWorkers} are expected.",
        _ when health.OldestDueAge > options.UnhealthyBacklogAge => $"A job has been due for {health.OldestDueAge}, more than {options.UnhealthyBacklogAge}.",
        _ => null,
    };

    private string? FindConcern(JobHealth health) => health switch
    {
        { AbandonedHandlers: > 0 } => $"{health.AbandonedHandlers} handlers ignored their cancellation and still run.",
        _ when health.OldestDueAge > options.DegradedBacklogAge => $"A job has been due for {health.OldestDueAge}, more than {options.DegradedBacklogAge}.",
        _ => null,
    };
}
