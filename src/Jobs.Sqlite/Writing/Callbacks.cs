using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Stores the jobs that tell of the end of others, in the transaction that ends them.</summary>
internal sealed class Callbacks(WriteSession session)
{
    /// <summary>Before the job's end is written, which may remove it.</summary>
    public void Store(long job, FollowUpTarget target, string url, in JobEnd end)
    {
        var row = session.Statements["read-failed-job"].Bind(1, job);
        if (!row.Step())
            return;

        var isFailed = end.Status == EndStatus.Failed;
        var delivery = new CallbackDelivery
        {
            Url = url,
            JobId = IssuedId.Of(job, row.Int64(2), row.Blob(3)),
            JobName = row.Text(0),
            Queue = row.Text(1),
            Status = (end.Status switch
            {
                EndStatus.Completed => JobStatus.Completed,
                EndStatus.Failed => JobStatus.Failed,
                _ => JobStatus.Cancelled,
            }).ToString(),
            Attempts = end.Runs,
            CreatedAt = StorageTime.To(row.Int64(4)),
            EndedAt = StorageTime.To(session.Now),
            Reason = isFailed ? end.Reason.ToString() : null,
            Error = isFailed ? end.Error : null,
            Result = end.Status == EndStatus.Completed && end.Result is { } result ? DeadLetterEnvelope.TextOf(result) : null,
        };
        var details = new JobDetails
        {
            Submitter = row.NullableText(6),
            Tags = JsonColumns.ListOrEmpty(row.NullableText(7)),
            Metadata = JsonColumns.MapOrEmpty(row.NullableText(8)),
            TraceParent = row.NullableText(9),
        };
        row.Reset();
        session.Inserter.Insert(CallbackEnvelope.CreateJob(target, delivery, details));
    }
}
