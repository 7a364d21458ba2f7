namespace Jobs.Http.Pushing;

/// <summary>Why an attempt did not complete: problem details by RFC 9457.</summary>
internal sealed record PushProblem
{
    public string? Title { get; init; }

    public int Status { get; init; }

    public string? Detail { get; init; }

    /// <summary>One of <see cref="PushCodes"/>; of receivers of other kinds, whatever they like.</summary>
    public string? Code { get; init; }

    public JobId? JobId { get; init; }

    /// <summary>The type of the handler's exception.</summary>
    public string? ErrorType { get; init; }

    public string? StackTrace { get; init; }

    /// <summary>When the job is due again, more exactly than <c>Retry-After</c> can say; absent: by its backoff.</summary>
    public string? RetryAfter { get; init; }

    /// <summary>Whether it failed for good, whatever attempts are left.</summary>
    public bool IsFinal { get; init; }
}
