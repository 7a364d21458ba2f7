using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public ValueTask<IReadOnlyList<JobId>> WriteStepsAsync(IReadOnlyList<StepWrite> steps, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<JobId>>(cancellationToken);

        List<JobId>? lost = null;
        lock (_gate)
        {
            var now = Now();
            foreach (var step in steps)
            {
                if (FindHeld(step.Id, step.Lease) is { } entry)
                    (entry.EnsureExtra().Steps ??= new EntrySteps()).Add(step, now);
                else
                    (lost ??= []).Add(step.Id);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<JobId>>(lost ?? (IReadOnlyList<JobId>)[]);
    }

    public ValueTask<IReadOnlyList<StoredStep>?> ReadStepsAsync(JobId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<StoredStep>?>(cancellationToken);

        lock (_gate)
            return ValueTask.FromResult<IReadOnlyList<StoredStep>?>(_jobs.Find(id) is { } entry ? entry.Extra?.Steps?.Describe(Now()) ?? [] : null);
    }

    public ValueTask<JobWaitCompletion> CompleteWaitAsync(JobWaitToken token, byte[] value, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<JobWaitCompletion>(cancellationToken);

        bool signal;
        lock (_gate)
        {
            if (_jobs.Find(token.JobId) is not { Extra.Steps: { } steps } entry || steps.Find(token.Secret) is not { } wait)
                return ValueTask.FromResult(JobWaitCompletion.NotFound);

            if (wait.Value is { } known)
                return ValueTask.FromResult(known.AsSpan().SequenceEqual(value) ? JobWaitCompletion.Completed : JobWaitCompletion.AlreadyAnswered);

            var now = Now();
            if (entry.HasEnded || !wait.IsOpen(now))
                return ValueTask.FromResult(JobWaitCompletion.TooLate);

            var isAwaited = entry.AwaitedAt(now) == wait;
            wait.Value = value;
            if (!isAwaited)
                return ValueTask.FromResult(JobWaitCompletion.Completed);

            Withdraw(entry);
            entry.Extra.ChangedAt = now;
            signal = TakeHunger(Enqueue(entry, now, now));
        }

        if (signal)
            _signals.JobsReady();

        return ValueTask.FromResult(JobWaitCompletion.Completed);
    }

    /// <summary>When a job is due that came to a wait.</summary>
    private static long EndOfWait(JobEntry entry, string? name, long now)
    {
        if (entry.Extra?.Steps is not { } steps || steps.Find(name) is not { } wait || !wait.IsOpen(now))
            return now;

        steps.Awaited = wait;
        return wait.DueAt;
    }
}
