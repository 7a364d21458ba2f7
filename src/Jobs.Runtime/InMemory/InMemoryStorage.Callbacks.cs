using Jobs.Storage;

namespace Jobs.InMemory;

internal sealed partial class InMemoryStorage
{
    /// <summary>Stores the job that tells of the end of another one, whoever ends it.</summary>
    private void StoreCallback(JobEntry ended, EntryPlace place, string url, long now)
    {
        var isFailed = place == EntryPlace.Failed;
        var extra = isFailed ? ended.EnsureExtra() : null;
        var delivery = new CallbackDelivery
        {
            Url = url,
            JobId = ended.Id,
            JobName = ended.Name,
            Queue = ended.Queue,
            Status = (place switch
            {
                EntryPlace.Completed => JobStatus.Completed,
                EntryPlace.Failed => JobStatus.Failed,
                _ => JobStatus.Cancelled,
            }).ToString(),
            Attempts = ended.Attempts,
            CreatedAt = ended.CreatedAt,
            EndedAt = Ticks.ToTime(now),
            Reason = extra?.Reason.ToString(),
            Error = extra?.Error,
            Result = place == EntryPlace.Completed && ended.Result is { } result ? DeadLetterEnvelope.TextOf(result) : null,
        };
        var entry = JobEntry.Like(CallbackEnvelope.CreateJob(ended.Policy.Callback!, delivery, ended.Details));
        _jobs.Add(entry, now);
        _readiedLetters |= Enqueue(entry, now, now);
    }
}
