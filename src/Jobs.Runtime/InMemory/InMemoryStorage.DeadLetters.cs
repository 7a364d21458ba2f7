using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>Whether letters became ready since somebody last looked.</summary>
    private bool _readiedLetters;

    /// <summary>Stores the letter of a job that is about to end as failed, whoever fails it.</summary>
    private void StoreDeadLetter(JobEntry failed, FollowUpTarget target, long now)
    {
        var extra = failed.EnsureExtra();
        var last = extra.History.Count > 0 && extra.History[^1].Reason == extra.Reason ? extra.History[^1] : null;
        var letter = new DeadLetter
        {
            JobId = failed.Id,
            JobName = failed.Name,
            Queue = failed.Queue,
            Attempts = failed.Attempts,
            CreatedAt = failed.CreatedAt,
            FailedAt = Ticks.ToTime(now),
            Reason = extra.Reason,
            Error = extra.Error,
            ErrorType = last?.ErrorType,
            StackTrace = last?.StackTrace,
            RawPayload = DeadLetterEnvelope.TextOf(failed.Payload),
        };
        var entry = JobEntry.Like(DeadLetterEnvelope.CreateJob(target, letter, failed.Details));
        _jobs.Add(entry, now);
        _readiedLetters |= Enqueue(entry, now, now);
        (extra.DeadLetterId, extra.DeadLetteredAt) = (entry.Id, now);
    }
}
