namespace Jobs;

/// <summary>How the jobs of a queue are pushed to a receiver.</summary>
public sealed class PushOptions
{
    /// <summary>
    /// The keys that sign the requests: 24 to 64 bytes in base64, with or without <c>whsec_</c>. At least one. With two, every request has
    /// two signatures, so that the receiver can go over to a new key at its own time.
    /// </summary>
    public IList<string> Secrets { get; } = [];

    /// <summary>How many jobs of the queue this process has running at the receiver at a time: 1 to 10,000. Default: 10.</summary>
    public int MaxConcurrency { get; set; } = 10;

    /// <summary>How long an attempt may run whose job has no timeout of its own: more than zero, at most a day. Default: 15 minutes.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>How much longer than the attempt a request may take: for connecting, for a receiver that has to start first, for the answer's way. At most an hour. Default: 30 seconds.</summary>
    public TimeSpan Allowance { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The largest answer in bytes; of one that is streamed, the largest line. Default: 2 MiB. A result has its own limit, <see cref="JobLimits.MaxResultBytes"/>.</summary>
    public int MaxResponseBytes { get; set; } = 2 << 20;

    /// <summary>Whether the address may be of http: what jobs carry is then readable on the way. Default: no; in Development, the machine itself may.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>Whether the receiver may be the machine itself or have a private, link-local or other address that is not of the public internet. Default: no; in Development, it may be the machine itself.</summary>
    public bool AllowPrivateAddresses { get; set; }

    /// <summary>Hosts that are allowed wherever their names lead. Exact names.</summary>
    public IList<string> AllowedHosts { get; } = [];
}
