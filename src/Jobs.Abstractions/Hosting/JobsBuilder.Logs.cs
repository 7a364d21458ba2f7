namespace Jobs;

public abstract partial class JobsBuilder
{
    /// <summary>Changes what is kept of the lines that handlers write to <see cref="JobContext.Logger"/>.</summary>
    /// <param name="configure">Changes the options.</param>
    public abstract JobsBuilder JobLogs(Action<JobLogOptions> configure);
}
