namespace Jobs;

/// <summary>Runs a job on a schedule, with a constant input. Several per job are possible; they are stored when the application starts.</summary>
/// <remarks>
/// A redeploy with another cron takes effect at once; the same declaration again changes nothing, so that a paused schedule stays
/// paused. What becomes of one that vanished from the code is up to <see cref="SchedulingOptions.Vanished"/>.
/// </remarks>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public sealed class JobScheduleAttribute : Attribute
{
    /// <summary>Declares a schedule.</summary>
    /// <param name="id">Its id, unique in the storage: 1 to 200 letters, digits, '-', '_', '.', ':' or '/'.</param>
    /// <param name="cron">When it runs; see <see cref="CronExpression"/>.</param>
    /// <param name="input">The arguments of the input's constructor; none for a job without input or with an input that can be made without any.</param>
    public JobScheduleAttribute(string id, string cron, params object?[] input)
    {
        Id = id;
        Cron = cron;
        Input = input;
    }

    /// <summary>The id.</summary>
    public string Id { get; }

    /// <summary>When it runs.</summary>
    public string Cron { get; }

    /// <summary>The arguments of the input's constructor.</summary>
    public IReadOnlyList<object?> Input { get; }

    /// <summary>The IANA id of the zone whose clock counts, such as <c>Europe/Berlin</c>. Default: UTC.</summary>
    public string? TimeZone { get; set; }

    /// <summary>What happens while the previous job is unfinished. Default: the job's, else it is skipped.</summary>
    public OverlapPolicy Overlap { get; set; }

    /// <summary>What happens with times at which no process ran. Default: one run for all of them.</summary>
    public CatchUpPolicy CatchUp { get; set; }

    /// <summary>The longest random delay of each run, as a duration such as <c>"30s"</c>; shorter than the time between two runs. Default: none.</summary>
    public string? Jitter { get; set; }
}
