using Jobs.Execution;
using Jobs.Hosting;
using Jobs.Storage;
using Microsoft.Extensions.Hosting;

namespace Jobs.Pushing;

/// <summary>Runs attempts that are held elsewhere by the handlers of this process, as a worker here would.</summary>
internal sealed class LocalRunner(JobsRuntime runtime, IHostApplicationLifetime? lifetime) : IAttemptRunner
{
    /// <summary>Long enough to cost nothing: whoever switched the job off will take his time.</summary>
    private static readonly TimeSpan _disabledDelay = TimeSpan.FromMinutes(1);

    /// <summary>Time for a process that stops to be gone, so that what it gives back does not come to it again.</summary>
    private static readonly TimeSpan _stoppingDelay = TimeSpan.FromSeconds(1);

    public async ValueTask<JobOutcome> RunAsync(ClaimedJob job, IAttemptObserver observer, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (!runtime.Registry.TryFind(job.Record.Name, out var registered) || !registered.HasHandler)
        {
            var error = new JobError(null, $"There is no handler of job '{job.Record.Name}' at the receiver.", null);
            return new JobOutcome { Id = job.Id, Lease = job.Lease, Kind = JobOutcomeKind.Failed, Reason = FailureReason.NoHandler, Error = error };
        }

        if (registered.IsDisabled)
        {
            return new JobOutcome { Id = job.Id, Lease = job.Lease, Kind = JobOutcomeKind.Snoozed, Delay = _disabledDelay };
        }

        if (lifetime?.ApplicationStopping.IsCancellationRequested == true)
        {
            return new JobOutcome { Id = job.Id, Lease = job.Lease, Kind = JobOutcomeKind.Released, Delay = _stoppingDelay };
        }

        using var stopping = new CancellationTokenSource();
        var attempt = new LocalAttempt(runtime, observer);
        var execution = registered.CreateExecution(attempt);
        execution.Begin(job);
        using var grace = lifetime?.ApplicationStopping.Register(() => stopping.CancelAfter(runtime.Settings.Worker.ShutdownGrace));
        using var stopped = stopping.Token.Register(static state => Cancel((JobExecution)state!, CancelCause.Shutdown), execution);
        using var gone = cancellationToken.Register(static state => Cancel((JobExecution)state!, CancelCause.Cancelled), execution);

        // On a thread of its own: a handler that blocks must not hold up what it tells, nor its being given up.
        _ = Task.Run(() => execution.RunAsync().AsTask(), CancellationToken.None);
        var outcome = await attempt.Outcome.ConfigureAwait(false) ?? AttemptOutcomes.Of(execution, JobOutcomeKind.Released);
        return outcome.Kind is JobOutcomeKind.Released ? outcome with { Delay = _stoppingDelay } : outcome;
    }

    private static void Cancel(JobExecution execution, CancelCause cause)
    {
        if (execution.TryMarkCancelled(cause))
        {
            execution.SignalCancel();
        }
    }
}
