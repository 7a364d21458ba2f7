using System.Globalization;
using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>How many jobs a batch looks at while it holds the lock: a filter that matches nothing must not stop everybody.</summary>
    private const int MaxLooks = 10_000;

    public ValueTask<ChangeOutcome> ChangeAsync(JobId id, JobAction action, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ChangeOutcome>(cancellationToken);

        var effects = new ChangeEffects();
        var outcome = ChangeOutcome.NotFound;
        bool signal;
        lock (_gate)
        {
            if (_jobs.Find(id) is { } entry)
                outcome = Change(entry, action, Now(), effects) ? ChangeOutcome.Done : ChangeOutcome.WrongState;

            signal = TakeHunger(effects.Readied);
        }

        Signal(signal, effects);
        return ValueTask.FromResult(outcome);
    }

    public ValueTask<BulkProgress> ChangeManyAsync(BulkChange request, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<BulkProgress>(cancellationToken);

        var before = long.MaxValue;
        if (request.Cursor is { } cursor && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return ValueTask.FromException<BulkProgress>(NoCursor(cursor));

        var effects = new ChangeEffects();
        var changed = 0;
        string? next = null;
        bool signal;
        lock (_gate)
        {
            var now = Now();
            var match = new JobMatch(request.Filter, now);
            var looks = 0;
            var last = before;
            for (var entry = _jobs.FindBefore(before); entry is not null; entry = _jobs.FindBefore(last))
            {
                if (changed == request.BatchSize || looks == MaxLooks)
                {
                    next = last.ToString(CultureInfo.InvariantCulture);
                    break;
                }

                looks++;
                last = entry.Sequence;
                if (match.Matches(entry) && IsOldEnough(entry, request.EndedFor, now) && Change(entry, request.Action, now, effects))
                    changed++;
            }

            signal = TakeHunger(effects.Readied);
        }

        Signal(signal, effects);
        return ValueTask.FromResult(new BulkProgress(changed, next));
    }

    public ValueTask<ChangeOutcome> EditAsync(JobId id, JobChange change, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<ChangeOutcome>(cancellationToken);

        bool signal;
        lock (_gate)
        {
            if (_jobs.Find(id) is not { } entry || entry.Name != change.Name)
                return ValueTask.FromResult(ChangeOutcome.NotFound);

            if (entry.Place is not (EntryPlace.Ready or EntryPlace.Scheduled or EntryPlace.Waiting))
                return ValueTask.FromResult(ChangeOutcome.WrongState);

            var now = Now();
            Withdraw(entry);
            var edited = entry.Edited(change);
            _jobs.Replace(edited);
            if (edited.Details?.IdempotencyKey is { } key && _keys.GetValueOrDefault((edited.Name, key)) == entry)
                _keys[(edited.Name, key)] = edited;

            if (edited.Extra?.Links is { } links)
                Relink(entry, edited, links);

            edited.EnsureExtra().ChangedAt = now;
            signal = TakeHunger(Enqueue(edited, change.RunAt is { } at ? Math.Max(at.UtcTicks, now) : edited.At, now));
        }

        if (signal)
            _signals.JobsReady();

        return ValueTask.FromResult(ChangeOutcome.Done);
    }

    public ValueTask<JobRecord?> GetRecordAsync(JobId id, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
            return ValueTask.FromCanceled<JobRecord?>(cancellationToken);

        lock (_gate)
            return ValueTask.FromResult<JobRecord?>(_jobs.Find(id));
    }

    private static bool IsOldEnough(JobEntry entry, TimeSpan? endedFor, long now) =>
        endedFor is not { } age || (entry.HasEnded && now - entry.At >= age.Ticks);

    /// <summary>Does it, or nothing when the job is in no state for it.</summary>
    private bool Change(JobEntry entry, JobAction action, long now, ChangeEffects effects)
    {
        switch (action)
        {
            case JobAction.Cancel:
                switch (Cancel(entry.Id, now))
                {
                    case CancelOutcome.Cancelled:
                        effects.Ended.Add(entry.Id);
                        return true;
                    case CancelOutcome.Requested:
                        effects.CancelRequested.Add(entry.Id);
                        return true;
                    default:
                        return false;
                }

            case JobAction.Retry when entry.Place is EntryPlace.Failed or EntryPlace.Cancelled:
                _finished.Remove(entry);
                Retry(entry, now, effects);
                return true;
            case JobAction.Retry or JobAction.Promote when entry.AwaitedAt(now) is not null:
                // The handler would come to the same wait again.
                return false;
            case JobAction.Retry when entry.Place is EntryPlace.Scheduled && entry.Attempts > 0 && entry.At > now:
                Withdraw(entry);
                Retry(entry, now, effects);
                return true;
            case JobAction.Promote when entry.Place is EntryPlace.Scheduled && entry.At > now:
                Withdraw(entry);
                entry.EnsureExtra().ChangedAt = now;
                effects.Readied |= Enqueue(entry, now, now);
                return true;
            case JobAction.Delete or JobAction.Obliterate when entry.HasEnded:
                RemoveFinished(entry);
                effects.Ended.Add(entry.Id);
                return true;
            case JobAction.Delete or JobAction.Obliterate when entry.Place is EntryPlace.Ready or EntryPlace.Scheduled or EntryPlace.Waiting:
                Withdraw(entry);
                Forget(entry);
                effects.Ended.Add(entry.Id);
                return true;
            case JobAction.Obliterate when entry.Place is EntryPlace.Held:
                Unhold(entry);
                Forget(entry);
                effects.Ended.Add(entry.Id);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Makes a job due that is in no list. What it was before stays in its history; a cancel that was asked for does not.</summary>
    private void Retry(JobEntry entry, long now, ChangeEffects effects)
    {
        var extra = entry.EnsureExtra();
        extra.CancelRequested = false;
        extra.Takeovers = 0;
        extra.ClearProgress();
        (extra.LastRetriedAt, extra.ChangedAt) = (now, now);
        effects.Readied |= Enqueue(entry, now, now);
    }

    private void Signal(bool ready, ChangeEffects effects)
    {
        Signal(ready, effects.Ended);
        foreach (var id in effects.CancelRequested)
            _signals.CancelRequested(id);

        SignalFollowUps();
    }

    private static JobException NoCursor(string cursor) =>
        new(JobErrorCodes.InvalidOption, $"'{cursor}' is not a cursor of this storage. Pass the NextCursor of the page before.");

    /// <summary>What a change has to tell once the lock is free.</summary>
    private sealed class ChangeEffects
    {
        public bool Readied { get; set; }

        public List<JobId> Ended { get; } = [];

        public List<JobId> CancelRequested { get; } = [];
    }
}
