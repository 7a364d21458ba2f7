namespace Jobs;

/// <summary>How callbacks are signed and where they may go.</summary>
public sealed class CallbackOptions
{
    /// <summary>
    /// The keys that sign callbacks: 24 to 64 bytes in base64, with or without <c>whsec_</c>. At least one. With two, every callback has
    /// two signatures, so that receivers can go over to a new key at their own time.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>Whether addresses of http are allowed. Default: no; in Development, those of the machine itself are.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether callbacks may go to the machine itself and to private, link-local and other addresses that are not of the public internet. Default: no; in Development, to the machine itself.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Hosts to which callbacks may go wherever their names lead, for receivers in one's own network. Exact names.</summary>
    public IList<string> AllowedHosts { get; } = [];

    /// <summary>The queue of the jobs that deliver. Default: <c>callbacks</c>.</summary>
    public string Queue { get; set; } = "callbacks";

    /// <summary>How often a callback is tried, the first time included. Default: 12, over about a day.</summary>
    public int MaxAttempts { get; set; } = 12;

    /// <summary>How long one request may take, connecting included. Default: 15 seconds.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How many callbacks one process delivers at a time, so that receivers that hang do not take all its slots. Default: 8.</summary>
    public int MaxConcurrency { get; set; } = 8;
}
