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
        var submitted = new List<(byte[] Payload, EnqueueOptions? Options)>();
        var problems = new BulkProblems();
        foreach (var (input, options) in inputs)
        {
            try
            {
                submitted.Add((job.ReadSubmitted(input), options));
                problems.AddNext([]);
            }
            catch (JobValidationException exception)
            {
                problems.AddNext(exception.Errors);
            }
        }

        problems.ThrowIfAny(job.Name);

        if (submitted.Count == 0)
        {
            return [];
        }

        var transaction = submitted[0].Options?.Transaction;
        if (submitted.Exists(other => other.Options?.Transaction != transaction))
        {
            throw EnqueueRules.Refuse(nameof(EnqueueOptions.Transaction), "one bulk enqueue is one transaction, so all inputs must name the same one");
        }

        var behind = new TagDependencies(runtime);
        var records = new List<JobRecord>(submitted.Count);
        foreach (var (payload, options) in submitted)
        {
            records.Add(EnqueuedRecord.Create(runtime, job, payload, await behind.ResolveAsync(options, cancellationToken).ConfigureAwait(false)));
        }

        var inserted = await behind.InsertAsync(records, transaction, cancellationToken).ConfigureAwait(false);
        var handles = new JobHandle[inserted.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            runtime.OnEnqueued(job, records[i], inserted[i]);
            handles[i] = new JobHandle(inserted[i].Id, inserted[i].WasDeduplicated, runtime.Tracker);
        }

        return handles;
    }

    public JobFlow CreateFlow() => new Flow(runtime);

    public async Task<JobSnapshot> WaitAsync(JobId id, CancellationToken cancellationToken = default) =>
        runtime.Redactor.Apply(await runtime.Tracker.WaitForEndAsync(id, cancellationToken).ConfigureAwait(false));
}
