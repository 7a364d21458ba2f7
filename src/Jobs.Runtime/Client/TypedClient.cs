using System.Text;
using System.Text.Json;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Registry;
using Jobs.Scheduling;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>What all typed clients do; the three below it differ only in the shapes that they offer.</summary>
internal abstract class TypedClient<TInput, THandle>(JobsRuntime runtime, RegisteredJob<TInput> job) : IJobScheduler<TInput>, IJobInputReader<TInput>
    where THandle : class
{
    public string Name => job.Name;

    protected JobsRuntime Runtime => runtime;

    public IReadOnlyList<JobValidationError> Validate(TInput input) => job.Validate(input);

    public ValueTask<THandle> EnqueueAsync(TInput input, EnqueueOptions? options = null, CancellationToken cancellationToken = default) =>
        StoreAsync(input, options, isValid: false, cancellationToken);

    public async ValueTask<EnqueueResult<THandle>> TryEnqueueAsync(TInput input, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var errors = job.Validate(input);
        return errors.Count > 0
            ? new EnqueueResult<THandle>(null, errors)
            : new EnqueueResult<THandle>(await StoreAsync(input, options, isValid: true, cancellationToken).ConfigureAwait(false), []);
    }

    public ValueTask<IReadOnlyList<THandle>> EnqueueManyAsync(IEnumerable<TInput> inputs, EnqueueOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return StoreManyAsync(inputs.Select(input => (input, options)), options, cancellationToken);
    }

    public ValueTask<IReadOnlyList<THandle>> EnqueueManyAsync(IEnumerable<(TInput Input, EnqueueOptions? Options)> inputs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return StoreManyAsync(inputs, null, cancellationToken);
    }

    public async ValueTask<THandle?> GetAsync(JobId id, CancellationToken cancellationToken = default)
    {
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var snapshot = await storage.GetAsync(id, JobParts.None, cancellationToken).ConfigureAwait(false);
        return snapshot is not null && IsOurs(snapshot.Name) ? CreateHandle(new InsertedJob(id, false)) : null;
    }

    public ValueTask<JobSchedule> ScheduleAsync(string id, string cron, TInput input, ScheduleOptions? options, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var errors = job.Validate(input);
        return errors.Count > 0
            ? throw new JobValidationException(Name, errors)
            : new JobSchedules(runtime).UpsertAsync(job, id, cron, job.Write(input), options, declaredBy: null, cancellationToken);
    }

    public TInput ReadInput(JsonElement payload) => job.Read(Encoding.UTF8.GetBytes(payload.GetRawText()));

    /// <summary>The handle of a job that was stored.</summary>
    public abstract THandle CreateHandle(InsertedJob inserted);

    /// <summary>Whether this is a client of a store.</summary>
    public bool IsOf(JobsRuntime other) => ReferenceEquals(runtime, other);

    /// <summary>The record of a job that is to be stored with others.</summary>
    /// <exception cref="JobValidationException">The input breaks its rules.</exception>
    public (RegisteredJob Job, JobRecord Record) CreateRecord(TInput input, EnqueueOptions options)
    {
        var errors = job.Validate(input);
        return errors.Count > 0 ? throw new JobValidationException(Name, errors) : (job, EnqueuedRecord.Create(runtime, job, job.Write(input), options));
    }

    private bool IsOurs(string storedName) => runtime.Registry.TryFind(storedName, out var found) && found == job;

    private async ValueTask<THandle> StoreAsync(TInput input, EnqueueOptions? options, bool isValid, CancellationToken cancellationToken)
    {
        if (!isValid)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var errors = job.Validate(input);
            if (errors.Count > 0)
            {
                throw new JobValidationException(Name, errors);
            }
        }

        using var activity = runtime.Telemetry.StartEnqueue(job);
        if (options?.DependsOnTags is { Count: > 0 })
        {
            return await StoreBehindTagsAsync(job.Write(input), options, cancellationToken).ConfigureAwait(false);
        }

        var record = EnqueuedRecord.Create(runtime, job, job.Write(input), options);
        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var inserted = await storage.InsertAsync(record, options?.Transaction, cancellationToken).ConfigureAwait(false);
        runtime.OnEnqueued(job, record, inserted);
        return CreateHandle(inserted);
    }

    private async ValueTask<THandle> StoreBehindTagsAsync(byte[] payload, EnqueueOptions options, CancellationToken cancellationToken)
    {
        var behind = new TagDependencies(runtime);
        var resolved = await behind.ResolveAsync(options, cancellationToken).ConfigureAwait(false);
        var records = new List<JobRecord> { EnqueuedRecord.Create(runtime, job, payload, resolved) };
        var inserted = await behind.InsertAsync(records, options.Transaction, cancellationToken).ConfigureAwait(false);
        runtime.OnEnqueued(job, records[0], inserted[0]);
        return CreateHandle(inserted[0]);
    }

    /// <param name="inputs">The inputs with their options.</param>
    /// <param name="shared">The options that hold for all inputs; null when each has its own.</param>
    /// <param name="cancellationToken">Counts before the hand-over.</param>
    private async ValueTask<IReadOnlyList<THandle>> StoreManyAsync(IEnumerable<(TInput Input, EnqueueOptions? Options)> inputs, EnqueueOptions? shared, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var activity = runtime.Telemetry.StartEnqueue(job);
        var records = new List<JobRecord>(inputs.TryGetNonEnumeratedCount(out var count) ? count : 4);
        var problems = new BulkProblems();
        System.Data.Common.DbTransaction? transaction = null;
        var behind = new TagDependencies(runtime);
        var index = 0;
        foreach (var (input, given) in inputs)
        {
            var options = given?.DependsOnTags is null ? given : await behind.ResolveAsync(given, cancellationToken).ConfigureAwait(false);
            if (!problems.AddNext(job.Validate(input)))
            {
                records.Add(EnqueuedRecord.Create(runtime, job, job.Write(input), options));
                transaction = index == 0 || options?.Transaction == transaction
                    ? options?.Transaction
                    : throw EnqueueRules.Refuse(nameof(EnqueueOptions.Transaction), "one bulk enqueue is one transaction, so all inputs must name the same one");
            }

            index++;
        }

        problems.ThrowIfAny(Name);
        EnqueueRules.CheckShared(shared, index);

        if (index == 0)
        {
            return [];
        }

        var inserted = await behind.InsertAsync(records, transaction, cancellationToken).ConfigureAwait(false);
        var handles = new THandle[inserted.Count];
        for (var i = 0; i < handles.Length; i++)
        {
            runtime.OnEnqueued(job, records[i], inserted[i]);
            handles[i] = CreateHandle(inserted[i]);
        }

        return handles;
    }
}
