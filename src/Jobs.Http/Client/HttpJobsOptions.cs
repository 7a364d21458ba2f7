namespace Jobs;

/// <summary>How the service that has the jobs is called.</summary>
public sealed class HttpJobsOptions
{
    /// <summary>
    /// The name of the client of <see cref="IHttpClientFactory"/> through which requests go: <c>services.AddHttpClient("Jobs")</c> is
    /// where handlers, headers, certificates and proxies are added. Its own <see cref="HttpClient.Timeout"/> counts for each attempt
    /// too; keep it longer than <see cref="WaitTimeout"/>. Default: <c>Jobs</c>.
    /// </summary>
    public string HttpClientName { get; set; } = "Jobs";

    /// <summary>Gives the bearer token of a request, or null for none; asked before every attempt, so that it may be renewed. Default: no token.</summary>
    public Func<IServiceProvider, CancellationToken, ValueTask<string?>>? AccessToken { get; set; }

    /// <summary>How long one attempt may take until its answer is there. Default: 30 seconds.</summary>
    public TimeSpan AttemptTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a request is sent before the call fails, the first time included: 1 to 100. Default: 5.</summary>
    public int MaxAttempts { get; set; } = 5;

    /// <summary>The pause before the second attempt; it doubles from one to the next, and up to half of it is random. Default: 200 milliseconds.</summary>
    public TimeSpan RetryDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest pause between two attempts. A service that asks for a longer one (<c>Retry-After</c>) is not waited for. Default: 30 seconds.</summary>
    public TimeSpan MaxRetryDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// After how long without a sign of life a stream of events counts as broken and is opened anew; it must be longer than the
    /// service's <c>StreamKeepAlive</c>, which is 15 seconds by default. Default: 1 minute.
    /// </summary>
    public TimeSpan StreamIdleTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>How long one request waits for a job's end; then the next one follows. The service may cut it. Default: 30 seconds.</summary>
    public TimeSpan WaitTimeout { get; set; } = TimeSpan.FromSeconds(30);
}
