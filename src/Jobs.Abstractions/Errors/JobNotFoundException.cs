namespace Jobs;

/// <summary>There is no such job, not any more, or no job of such a name.</summary>
public sealed class JobNotFoundException : JobException
{
    /// <summary>Creates an exception about a job that is not there.</summary>
    /// <param name="id">The id that was looked for.</param>
    public JobNotFoundException(JobId id)
        : base(JobErrorCodes.NotFound, $"There is no job {id}. It never existed, or its record was removed by retention or by hand; keep records longer with RetainCompleted and RetainFailed.", id)
    {
    }

    /// <summary>Creates an exception about a job that another one was to depend on.</summary>
    /// <param name="jobName">The name of the job that was to be enqueued.</param>
    /// <param name="dependency">The id in its dependencies.</param>
    public JobNotFoundException(string jobName, JobId dependency)
        : base(JobErrorCodes.NotFound, $"Job '{jobName}' is to depend on job {dependency}, which does not exist or whose record was removed. Nothing was stored. Depend on jobs that were enqueued before, and keep their records long enough with RetainCompleted.", dependency)
    {
    }

    /// <summary>Creates an exception about a name that no job has.</summary>
    /// <param name="name">The name that was looked for.</param>
    public JobNotFoundException(string name)
        : base(JobErrorCodes.UnknownName, $"No job is named '{name}'. Check the spelling; a job's stored name is in JobNames, and former names belong in [Job(Aliases = …)].")
    {
    }

    internal JobNotFoundException(string code, string message, JobId? id)
        : base(code, message, id)
    {
    }
}
