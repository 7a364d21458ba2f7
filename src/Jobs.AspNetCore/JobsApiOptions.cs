using System.Security.Claims;

namespace Jobs;

/// <summary>Who may do what over HTTP, and what limits hold. Every kind of access without a policy is refused.</summary>
public sealed class JobsApiOptions
{
    private readonly Dictionary<string, JobsApiPolicies> _jobs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, JobsApiPolicies> _queues = new(StringComparer.Ordinal);

    /// <summary>The authorization policy for every kind of access that has none of its own.</summary>
    public string? Policy { get; set; }

    /// <summary>The policy for looking: jobs, logs, queues, workers, statistics, schedules.</summary>
    public string? ReadPolicy { get; set; }

    /// <summary>The policy for submitting jobs.</summary>
    public string? SubmitPolicy { get; set; }

    /// <summary>The policy for changing what is there: cancel, retry, edit, delete, pause, schedules.</summary>
    public string? OperatePolicy { get; set; }

    /// <summary>
    /// The policy for seeing and operating one's own jobs only, those whose submitter the caller is: for callers whom
    /// <see cref="ReadPolicy"/> or <see cref="OperatePolicy"/> refuses.
    /// </summary>
    public string? OwnPolicy { get; set; }

    /// <summary>
    /// Whether a token is enough to answer its wait: nobody is asked who he is. A token cannot be guessed, and whoever has its link can
    /// use it. Default: false, answering needs the right to operate the job.
    /// </summary>
    public bool AllowAnswersByToken { get; set; }

    /// <summary>The policy for naming somebody else as the submitter. Without it, nobody may.</summary>
    public string? OnBehalfOfPolicy { get; set; }

    /// <summary>
    /// The policy for seeing redacted values (<see cref="RedactedAttribute"/>) of a job that one may look at, with <c>?reveal=true</c>. A
    /// remote client needs it to get results that contain some. Without it, nobody may, unless the API is open to everybody.
    /// </summary>
    public string? RevealPolicy { get; set; }

    /// <summary>Who a caller is, as a job's submitter. Default: the claim <c>sub</c> or its long form, else the identity's name.</summary>
    public Func<ClaimsPrincipal, string?> Submitter { get; set; } = static user =>
        user.FindFirst(ClaimTypes.NameIdentifier)?.Value ?? user.FindFirst("sub")?.Value ?? user.Identity?.Name;

    /// <summary>The store whose jobs these are, for applications with several: the name that <c>AddJobs("billing", …)</c> was given. Default: the one without a name.</summary>
    public string? Store { get; set; }

    /// <summary>How long a call waits for a job's end when it does not say. Default: 30 seconds.</summary>
    public TimeSpan DefaultWait { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long a call may wait for a job's end; longer ones are cut. Default: 1 minute.</summary>
    public TimeSpan MaxWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The largest request body in bytes. Default: 4 MiB. A job's input has its own limit, <see cref="JobLimits.MaxPayloadBytes"/>.</summary>
    public long MaxRequestBodyBytes { get; set; } = 4 << 20;

    /// <summary>How many calls may wait or follow at the same time; more are refused with 503. Default: 10,000.</summary>
    public int MaxStreams { get; set; } = 10_000;

    /// <summary>
    /// How many requests each caller may make: a bucket of its own per user, or per address where nobody is known. Answers then have the
    /// headers <c>RateLimit-Policy</c> and <c>RateLimit</c>; what is too much is refused with 429 and <c>Retry-After</c>. It counts in
    /// this process alone. Default: no limit.
    /// </summary>
    public RateLimit? CallerRate { get; set; }

    /// <summary>How often an idle event stream shows that it is alive. Default: 15 seconds.</summary>
    public TimeSpan StreamKeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a followed job is looked at. Default: half a second.</summary>
    public TimeSpan FollowInterval { get; set; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether anybody may do anything. See <see cref="AllowAnonymous"/>.</summary>
    internal bool IsOpen { get; private set; }

    internal IReadOnlyDictionary<string, JobsApiPolicies> Jobs => _jobs;

    internal IReadOnlyDictionary<string, JobsApiPolicies> Queues => _queues;

    /// <summary>Lets anybody who reaches the service do anything. For services that only others of one's own can reach.</summary>
    public JobsApiOptions AllowAnonymous()
    {
        IsOpen = true;
        return this;
    }

    /// <summary>The policies of one job, in place of the general ones.</summary>
    /// <param name="jobName">The stored name.</param>
    public JobsApiPolicies ForJob(string jobName) => For(_jobs, jobName);

    /// <summary>The policies of one queue, in place of the general ones. Where a job has policies of its own, both must allow.</summary>
    /// <param name="queue">The queue.</param>
    public JobsApiPolicies ForQueue(string queue) => For(_queues, queue);

    private static JobsApiPolicies For(Dictionary<string, JobsApiPolicies> policies, string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!policies.TryGetValue(name, out var found))
        {
            policies[name] = found = new JobsApiPolicies();
        }

        return found;
    }
}
