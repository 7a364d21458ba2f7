using Jobs.Storage;

namespace Jobs.Sqlite;

/// <summary>Stores the letters of jobs that fail for good, in the transaction that fails them.</summary>
internal sealed class DeadLetters(WriteSession session)
{
    /// <summary>Before the job's end is written, which may remove it.</summary>
    public void Store(long job, FollowUpTarget target, in JobEnd end)
    {
        var row = session.Statements["read-failed-job"].Bind(1, job);
        if (!row.Step())
            return;

        var isOfLastRun = ReasonText.Parse(row.NullableText(12)) == end.Reason;
        var payload = row.Blob(5) ?? [];
        var letter = new DeadLetter
        {
            JobId = IssuedId.Of(job, row.Int64(2), row.Blob(3)),
            JobName = row.Text(0),
            Queue = row.Text(1),
            Attempts = end.Runs,
            CreatedAt = StorageTime.To(row.Int64(4)),
            FailedAt = StorageTime.To(session.Now),
            Reason = end.Reason,
            Error = end.Error,
            ErrorType = isOfLastRun ? row.NullableText(10) : null,
            StackTrace = isOfLastRun ? row.NullableText(11) : null,
            RawPayload = DeadLetterEnvelope.TextOf(payload),
        };
        var details = new JobDetails
        {
            Submitter = row.NullableText(6),
            Tags = JsonColumns.ListOrEmpty(row.NullableText(7)),
            Metadata = JsonColumns.MapOrEmpty(row.NullableText(8)),
            TraceParent = row.NullableText(9),
        };
        row.Reset();
        var inserted = session.Inserter.Insert(DeadLetterEnvelope.CreateJob(target, letter, details));
        session.HasAnnexes = true;
        session.Statements["write-dead-letter"].Bind(1, job).Bind(2, IssuedId.Bytes(inserted.Id)).Bind(3, session.Now).Run();
    }
}
