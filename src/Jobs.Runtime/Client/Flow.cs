using System.Data.Common;
using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>The records of a flow, made by the typed clients as for an enqueue, with ids that are chosen when they are added.</summary>
internal sealed class Flow(JobsRuntime runtime) : JobFlow
{
    private readonly List<(RegisteredJob Job, JobRecord Record)> _jobs = [];
    private bool _isEnqueued;

    public override JobHandle Add(IJobClient job, EnqueueOptions? options = null) => Add<JobVoid, JobHandle>(job, default, options);

    public override JobHandle Add<TInput>(IJobClient<TInput> job, TInput input, EnqueueOptions? options = null) => Add<TInput, JobHandle>(job, input, options);

    public override JobHandle<TResult> Add<TInput, TResult>(IJobClient<TInput, TResult> job, TInput input, EnqueueOptions? options = null) => Add<TInput, JobHandle<TResult>>(job, input, options);

    public override async ValueTask EnqueueAsync(DbTransaction? transaction = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ThrowIfEnqueued();
        if (_jobs.Count == 0)
        {
            return;
        }

        var storage = await runtime.GetStorageAsync(cancellationToken).ConfigureAwait(false);
        var inserted = await storage.InsertManyAsync(_jobs.ConvertAll(static job => job.Record), transaction, cancellationToken).ConfigureAwait(false);
        _isEnqueued = true;
        for (var i = 0; i < inserted.Count; i++)
        {
            runtime.OnEnqueued(_jobs[i].Job, _jobs[i].Record, inserted[i]);
        }
    }

    private THandle Add<TInput, THandle>(object job, TInput input, EnqueueOptions? options)
        where THandle : JobHandle
    {
        ArgumentNullException.ThrowIfNull(job);
        ThrowIfEnqueued();
        if (job is not TypedClient<TInput, THandle> client || !client.IsOf(runtime))
        {
            throw new JobException(JobErrorCodes.NotSupported, $"A {job.GetType().Name} cannot be part of this flow. Add the clients that AddJobs registered, those of the store whose IJobManager made the flow.");
        }

        options ??= new EnqueueOptions();
        if (options.IdempotencyKey is not null || options.IdempotentByInput)
        {
            throw EnqueueRules.Refuse(nameof(options.IdempotencyKey), "in a flow a job is known by its id before it is stored; choose the Id instead, for example JobId.From(text), which meets the job that has it");
        }

        if (options.Transaction is not null)
        {
            throw EnqueueRules.Refuse(nameof(options.Transaction), "a flow is stored as one; pass the transaction to EnqueueAsync");
        }

        if (options.DependsOnTags is { Count: > 0 })
        {
            throw EnqueueRules.Refuse(nameof(options.DependsOnTags), "jobs of a flow depend on jobs by their ids; use DependsOn");
        }

        var id = options.Id ?? JobId.New();
        var (registered, record) = client.CreateRecord(input, options with { Id = id });
        _jobs.Add((registered, record));
        return client.CreateHandle(new InsertedJob(id, WasDeduplicated: false));
    }

    private void ThrowIfEnqueued()
    {
        if (_isEnqueued)
        {
            throw new InvalidOperationException("The flow has been enqueued. Create another one for more jobs.");
        }
    }
}
