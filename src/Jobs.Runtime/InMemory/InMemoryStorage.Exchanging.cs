using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>The last token that was handed out.</summary>
    private long _lastToken;

    public ValueTask ExchangeAsync(WorkExchange exchange, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled(cancellationToken);

        bool signal;
        lock (_gate)
        {
            var now = Now();
            var readied = false;
            foreach (var outcome in exchange.Outcomes)
                exchange.Dispositions.Add(Store(outcome, now, ref readied));

            // Jobs that this exchange put back are of interest to workers that were hungry before it.
            signal = TakeHunger(readied);
            if (exchange.MaxJobs > 0)
            {
                signal |= TakeHunger(Promote(now)) && !signal;
                Claim(exchange, now);
            }

            exchange.NextDueIn = Earlier(_scheduled.First?.At, _nextPermitAt) is { } next ? TimeSpan.FromTicks(Math.Max(0, next - now)) : null;
        }

        if (signal)
            _signals.JobsReady();

        if (_signals.HasListeners)
            SignalEnded(exchange);

        SignalFollowUps();
        return ValueTask.CompletedTask;
    }

    public ValueTask<bool> WasCompletedAsync(JobId id, JobLease lease, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<bool>(cancellationToken);

        lock (_gate)
            return ValueTask.FromResult(_jobs.Find(id) is { Place: EntryPlace.Completed } entry && entry.Lease == lease);
    }

    public ValueTask<IReadOnlyList<JobId>> ReportProgressAsync(IReadOnlyList<ProgressReport> reports, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<IReadOnlyList<JobId>>(cancellationToken);

        List<JobId>? lost = null;
        lock (_gate)
        {
            var now = Now();
            foreach (var report in reports)
            {
                if (FindHeld(report.Id, report.Lease) is not { } entry)
                {
                    (lost ??= []).Add(report.Id);
                    continue;
                }

                var extra = entry.EnsureExtra();
                extra.Progress = report.Percent;
                extra.ProgressMessage = report.Message;
                extra.ProgressData = report.Data;
                extra.LastProgressAt = now;
                extra.ChangedAt = now;
            }
        }

        return ValueTask.FromResult<IReadOnlyList<JobId>>(lost ?? (IReadOnlyList<JobId>)[]);
    }

    private JobEntry? FindHeld(JobId id, JobLease lease) =>
        _jobs.Find(id) is { Place: EntryPlace.Held } entry && entry.Lease == lease ? entry : null;

    private OutcomeDisposition Store(in JobOutcome outcome, long now, ref bool readied)
    {
        if (FindHeld(outcome.Id, outcome.Lease) is not { } entry)
            return OutcomeDisposition.Rejected;

        Unhold(entry);
        if (entry.IsCancelRequested)
        {
            entry.AddToHistory(now, outcome.Reason, outcome.Error);
            EndCancelled(entry, now, counts: true);
            return OutcomeDisposition.Cancelled;
        }

        if (outcome.Kind == JobOutcomeKind.Completed)
        {
            entry.Attempts++;
            entry.Result = outcome.Result;
            entry.Extra?.ClearError();
            End(entry, EntryPlace.Completed, now);
            return OutcomeDisposition.Stored;
        }

        entry.AddToHistory(now, outcome.Reason, outcome.Error);
        var extra = entry.EnsureExtra();
        extra.ChangedAt = now;
        switch (outcome.Kind)
        {
            case JobOutcomeKind.Retry:
                entry.Attempts++;
                extra.ClearProgress();
                (extra.Reason, extra.Error, extra.LastFailedAt, extra.LastRetriedAt) = (outcome.Reason, outcome.Error?.Message, now, now);
                readied |= Enqueue(entry, Ticks.Add(now, outcome.Delay), now);
                break;
            case JobOutcomeKind.Failed:
                entry.Attempts++;
                (extra.Reason, extra.Error, extra.LastFailedAt) = (outcome.Reason, outcome.Error?.Message, now);
                End(entry, EntryPlace.Failed, now);
                break;
            case JobOutcomeKind.Cancelled:
                extra.LastCancelledAt = now;
                EndCancelled(entry, now, counts: true);
                break;
            case JobOutcomeKind.Snoozed or JobOutcomeKind.Released:
                extra.ClearProgress();
                readied |= Enqueue(entry, Ticks.Add(now, outcome.Delay), now);
                break;
            case JobOutcomeKind.Waiting:
                extra.ClearProgress();
                readied |= Enqueue(entry, EndOfWait(entry, outcome.Wait, now), now);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome), outcome.Kind, "Not a way for an attempt to end.");
        }

        return OutcomeDisposition.Stored;
    }

    private void EndCancelled(JobEntry entry, long now, bool counts)
    {
        if (counts)
            entry.Attempts++;

        entry.Extra?.ClearError();
        End(entry, EntryPlace.Cancelled, now);
    }

    private void Claim(WorkExchange exchange, long now)
    {
        // What a worker that is not on the list took, nobody would ever take over.
        if (!_workers.TryGetValue(exchange.WorkerId, out var worker))
            return;

        if (_pauses.Count > 0 && !MayClaim(exchange.WorkerId))
        {
            _isHungry = true;
            return;
        }

        var claim = worker.Claim;
        JobClaim? held = null;
        WakeSuspended(now);
        var shared = BeginShared(exchange, now);
        claim.Begin(exchange, _lanes, shared);
        while (exchange.Claimed.Count < exchange.MaxJobs && claim.Take(now, _suspended) is { } entry)
        {
            entry.Hold(held ??= new JobClaim(worker, now, Random.Shared.NextInt64()), ++_lastToken);
            worker.Held.Add(entry);
            exchange.Claimed.Add(new ClaimedJob(entry, entry.Lease, entry.Attempts + 1, Ticks.ToTime(now)));
            if (entry.Details is { IsGated: true })
            {
                _lanes.Gates.Enter(entry);
                claim.Heapify();
            }
        }

        _nextPermitAt = Earlier(shared?.End(claim.Lanes, now), _suspended.TryPeek(out _, out var until) ? until : null);
        if (exchange.Claimed.Count < exchange.MaxJobs)
            _isHungry = true;
    }

    private void SignalEnded(WorkExchange exchange)
    {
        for (var i = 0; i < exchange.Outcomes.Count; i++)
        {
            var isEnd = exchange.Dispositions[i] switch
            {
                OutcomeDisposition.Cancelled => true,
                OutcomeDisposition.Stored => exchange.Outcomes[i].Kind is JobOutcomeKind.Completed or JobOutcomeKind.Failed or JobOutcomeKind.Cancelled,
                _ => false,
            };
            if (isEnd)
                _signals.JobEnded(exchange.Outcomes[i].Id);
        }
    }
}
