using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    public ValueTask<CancelOutcome> CancelAsync(JobId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<CancelOutcome>(cancellationToken);

        CancelOutcome outcome;
        lock (_gate)
            outcome = Cancel(id, Now());

        if (outcome == CancelOutcome.Cancelled)
            _signals.JobEnded(id);
        else if (outcome == CancelOutcome.Requested)
            _signals.CancelRequested(id);

        SignalFollowUps();

        return ValueTask.FromResult(outcome);
    }

    public ValueTask<IReadOnlyList<JobId>> GetCancelRequestsAsync(string workerId, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<JobId>>(cancellationToken);

        List<JobId>? requests = null;
        lock (_gate)
        {
            for (var entry = _workers.GetValueOrDefault(workerId)?.Held.First; entry is not null; entry = entry.Next)
            {
                if (entry.IsCancelRequested)
                    (requests ??= []).Add(entry.Id);
            }
        }

        return ValueTask.FromResult<IReadOnlyList<JobId>>(requests ?? (IReadOnlyList<JobId>)[]);
    }

    private CancelOutcome Cancel(JobId id, long now)
    {
        if (_jobs.Find(id) is not { } entry)
            return CancelOutcome.NotFound;

        if (entry.HasEnded)
            return CancelOutcome.AlreadyEnded;

        var extra = entry.EnsureExtra();
        extra.LastCancelledAt = now;
        extra.ChangedAt = now;
        if (entry.Place == EntryPlace.Held)
        {
            extra.CancelRequested = true;
            return CancelOutcome.Requested;
        }

        Withdraw(entry);
        EndCancelled(entry, now, counts: false);
        return CancelOutcome.Cancelled;
    }
}
