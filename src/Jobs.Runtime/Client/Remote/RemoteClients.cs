using Jobs.Metadata;
using Jobs.Registry;

namespace Jobs.Client.Remote;

/// <summary>The client of a job without input.</summary>
internal sealed class RemoteClient(RemoteLink link, RegisteredJob<JobVoid> job) : RemoteClient<JobVoid, JobHandle>(link, job), IJobClient
{
    public ValueTask<JobHandle> EnqueueAsync(EnqueueOptions? options = null, CancellationToken cancellationToken = default) => EnqueueAsync(default, options, cancellationToken);

    protected override JobHandle CreateHandle(JobHandle handle) => handle;
}

/// <summary>The client of a job with an input and no result.</summary>
internal sealed class RemoteClientOfInput<TInput>(RemoteLink link, RegisteredJob<TInput> job) : RemoteClient<TInput, JobHandle>(link, job), IJobClient<TInput>
{
    protected override JobHandle CreateHandle(JobHandle handle) => handle;
}

/// <summary>The client of a job with an input and a result.</summary>
internal sealed class RemoteClientOfResult<TInput, TResult>(RemoteLink link, RegisteredJob<TInput, TResult> job) : RemoteClient<TInput, JobHandle<TResult>>(link, job), IJobClient<TInput, TResult>
{
    private readonly RemoteTracker<TInput, TResult> _tracker = new(link.Jobs, job);

    protected override JobHandle<TResult> CreateHandle(JobHandle handle) => new(handle.Id, handle.WasDeduplicated, _tracker);
}
