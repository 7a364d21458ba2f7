namespace Jobs;

/// <summary>Whose jobs a process runs that are pushed to it, and how many.</summary>
public sealed class JobWorkerOptions
{
    /// <summary>
    /// The keys of those who push: 24 to 64 bytes in base64, with or without <c>whsec_</c>. At least one. With two, requests are accepted
    /// that are signed by either, so that a key can be exchanged without a gap.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How far the request's time may be from this machine's: more than zero, at most an hour. Default: 5 minutes.</summary>
    public TimeSpan Tolerance { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many pushed jobs this process runs at a time; more are answered with 429, and come again. Default: 100.</summary>
    public int MaxConcurrency { get; set; } = 100;

    /// <summary>The largest request in bytes. Default: 2 MiB.</summary>
    public int MaxRequestBodyBytes { get; set; } = 2 << 20;

    /// <summary>How often a streamed answer shows that the handler still runs; proxies close connections that are silent for a minute or so. Default: 15 seconds.</summary>
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>The store whose handlers these are, for applications with several: the name that <c>AddJobs("billing", …)</c> was given. Default: the one without a name.</summary>
    public string? Store { get; set; }
}
