namespace Jobs.Client.Remote;

/// <summary>Nothing runs here.</summary>
internal sealed class RemoteRunner : IJobRunner
{
    public ValueTask<int> RunDueAsync(CancellationToken cancellationToken = default) =>
        throw NothingRuns();

    public static JobException NothingRuns() =>
        new(JobErrorCodes.NotSupported, "The jobs of this application are run by another process (UseHttp); nothing can be run here. Run them there, or in a store of their own here, AddJobs(\"pushed\", …).");
}
