namespace Jobs;

public partial interface IJobManager
{
    /// <summary>An empty flow: jobs that are enqueued together, all or none.</summary>
    JobFlow CreateFlow();
}
