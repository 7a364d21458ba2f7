namespace Jobs.Http.Client;

/// <summary>A request to the API, as often as it takes.</summary>
/// <param name="Method">The method.</param>
/// <param name="Path">The path below the prefix, with its query; parts of it are escaped.</param>
internal sealed record ApiCall(HttpMethod Method, string Path)
{
    /// <summary>The body as UTF-8 JSON; null for none.</summary>
    public byte[]? Body { get; init; }

    public Resend Resend { get; init; }

    /// <summary>Whether the answer is awaited once the request may have been carried out, whatever the caller's token says: whoever enqueues must learn whether the job is there.</summary>
    public bool IsHandOver { get; init; }

    /// <summary>How long the service takes on purpose, beyond what an attempt may take.</summary>
    public TimeSpan Waits { get; init; }

    /// <summary>Codes of problems that are an answer too, and not thrown.</summary>
    public IReadOnlyList<string> Tolerates { get; init; } = [];
}
