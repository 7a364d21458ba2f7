using System.Text.Json;
using Jobs.Storage;

namespace Jobs.Client;

internal sealed partial class JobManager
{
    public async ValueTask<IReadOnlyList<JobHandle>> SubmitManyAsync(string jobName, IEnumerable<(JsonElement Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        cancellationToken.ThrowIfCancellationRequested();
        var job = runtime.Registry.Find(jobName);
        using var activity = runtime.Telemetry.StartEnqueue(job);
        var submitted = new List<SubmittedJob>();
        List<JobValidationError>? problems = null;
        foreach (var (input, options) in inputs)
        {
            var index = submitted.Count;
            try
            {
                submitted.Add(new SubmittedJob(job.ReadSubmitted(input), options));
            }
            catch (JobValidationException exception)
            {
                (problems ??= []).AddRange(exception.Errors.Select(error => error with { Member = error.Member.Length == 0 ? $"[{index}]" : $"[{index}].{error.Member}" }));
                submitted.Add(new SubmittedJob([], options));
            }
        }

        if (problems is not null)
        {
            throw new JobValidationException(job.Name, problems);
        }

        if (submitted.Count == 0)
        {
            return [];
        }

        var transaction = submitted[0].Options?.Transaction;
        if (submitted.Exists(other => other.Options?.Transaction != transaction))
        {
            throw EnqueueRules.Refuse(nameof(EnqueueOptions.Transaction), "one bulk enqueue is one transaction, so all inputs must name the same one");
        }

        var inserted = await InsertAsync(job, submitted, cancellationToken).ConfigureAwait(false);
        return [.. inserted.Select(one => new JobHandle(one.Id, one.WasDeduplicated, runtime.Tracker))];
    }

    public Task<JobSnapshot> WaitAsync(JobId id, CancellationToken cancellationToken = default) => runtime.Tracker.WaitForEndAsync(id, cancellationToken);

    private async ValueTask<IReadOnlyList<InsertedJob>> InsertAsync(Registry.RegisteredJob job, List<SubmittedJob> submitted, CancellationToken cancellationToken)
    {
        if (runtime.Remote is { } remote)
        {
            return await remote.SubmitAsync(job.Name, submitted, cancellationToken).ConfigureAwait(false);
        }

        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var records = submitted.ConvertAll(one => EnqueuedRecord.Create(runtime, job, one.Payload, one.Options));
        var inserted = await storage.InsertManyAsync(records, submitted[0].Options?.Transaction, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < records.Count; i++)
        {
            runtime.Telemetry.Enqueued(job, records[i].Queue, inserted[i]);
        }

        return inserted;
    }
}
