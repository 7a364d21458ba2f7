using System.Text;
using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    private const int RedrivePage = 200;

    public async ValueTask<JobHandle?> RedriveAsync(JobId deadLetterId, CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var letter = await storage.GetAsync(deadLetterId, JobParts.Payload, cancellationToken).ConfigureAwait(false);
        if (letter is null || !IsLetter(letter))
        {
            return null;
        }

        var redriven = await RedriveAsync(storage, letter, cancellationToken).ConfigureAwait(false);
        return new JobHandle(redriven.Id, redriven.WasDeduplicated, runtime.Tracker);
    }

    public async ValueTask<long> RedriveAsync(JobFilter filter, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var count = 0L;
        string? cursor = null;
        do
        {
            var page = await storage.ListAsync(filter with { IncludePayload = true, IncludeResult = false, Limit = RedrivePage, Offset = 0, Cursor = cursor }, cancellationToken).ConfigureAwait(false);
            foreach (var letter in page.Jobs.Where(IsLetter))
            {
                var redriven = await RedriveAsync(storage, letter, cancellationToken).ConfigureAwait(false);
                count += redriven.WasDeduplicated ? 0 : 1;
            }

            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return count;
    }

    private static bool IsLetter(JobSnapshot job) => job.Payload is not null && job.Metadata.ContainsKey(DeadLetter.MetadataKey);

    private async ValueTask<InsertedJob> RedriveAsync(IJobStorage storage, JobSnapshot carrier, CancellationToken cancellationToken)
    {
        var letter = DeadLetterEnvelope.Read(Encoding.UTF8.GetBytes(carrier.Payload!.Value.GetRawText()));
        var job = runtime.Registry.Find(letter.JobName);
        if (job.IsDisabled)
        {
            throw new JobException(JobErrorCodes.Disabled, $"Job '{job.Name}' is switched off ([Job(Disabled = true)]). Switch it on to redrive its dead letters.", carrier.Id);
        }

        // The failed job's keys are in its record alone, as long as that is kept.
        var failed = await storage.GetAsync(letter.JobId, JobParts.None, cancellationToken).ConfigureAwait(false);
        var details = new JobDetails
        {
            // Named by the letter, so that a call that is repeated meets the job of the first.
            Id = JobId.From($"redrive/{carrier.Id}"),
            ConcurrencyKey = failed?.ConcurrencyKey,
            KeyConcurrency = job.KeyConcurrency,
            OrderingKey = failed?.OrderingKey,
            Submitter = carrier.Submitter,
            Tags = carrier.Tags,
            Metadata = carrier.Metadata.Where(static pair => pair.Key != DeadLetter.MetadataKey).ToDictionary(StringComparer.Ordinal),
            TraceParent = carrier.TraceParent,
        };
        var kind = letter.Queue == job.Queue ? job.Kind : new JobKind(job.Name, letter.Queue, job.Priority, job.PolicyFor(letter.Queue));
        var record = runtime.CreateRecord(kind, Encoding.UTF8.GetBytes(letter.RawPayload), details);
        var inserted = await storage.InsertAsync(record, null, cancellationToken).ConfigureAwait(false);
        runtime.OnEnqueued(job, record, inserted);
        return inserted;
    }
}
