using Jobs.Hosting;
using Jobs.Metadata;
using Jobs.Registry;
using Jobs.Storage;

namespace Jobs.Client;

/// <summary>The client of a job without input.</summary>
internal sealed class TypedClient(JobsRuntime runtime, RegisteredJob<JobVoid> job) : TypedClient<JobVoid, JobHandle>(runtime, job), IJobClient
{
    public ValueTask<JobHandle> EnqueueAsync(EnqueueOptions? options = null, CancellationToken cancellationToken = default) => EnqueueAsync(default, options, cancellationToken);

    public override JobHandle CreateHandle(InsertedJob inserted) => new(inserted.Id, inserted.WasDeduplicated, Runtime.Tracker);
}

/// <summary>The client of a job with an input and no result.</summary>
internal sealed class TypedClientOfInput<TInput>(JobsRuntime runtime, RegisteredJob<TInput> job) : TypedClient<TInput, JobHandle>(runtime, job), IJobClient<TInput>
{
    public override JobHandle CreateHandle(InsertedJob inserted) => new(inserted.Id, inserted.WasDeduplicated, Runtime.Tracker);
}

/// <summary>The client of a job with an input and a result.</summary>
internal sealed class TypedClientOfResult<TInput, TResult>(JobsRuntime runtime, RegisteredJob<TInput, TResult> job) : TypedClient<TInput, JobHandle<TResult>>(runtime, job), IJobClient<TInput, TResult>
{
    private readonly JobTracker<TInput, TResult> _tracker = new(runtime, job);

    public override JobHandle<TResult> CreateHandle(InsertedJob inserted) => new(inserted.Id, inserted.WasDeduplicated, _tracker);
}
