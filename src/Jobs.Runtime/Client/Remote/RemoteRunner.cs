namespace Jobs.Client.Remote;

/// <summary>Nothing runs here.</summary>
internal sealed class RemoteRunner : IJobRunner
{
    public ValueTask<int> RunDueAsync(CancellationToken cancellationToken = default) =>
        throw new JobException(JobErrorCodes.NotSupported, "The jobs of this application are run by another process (UseHttp); nothing can be run here. Call IJobRunner there.");
}
