namespace Jobs.AspNetCore.Problems;

/// <summary>A request that is refused, with what to answer.</summary>
internal sealed class ApiException(int status, string code, string detail) : Exception(detail)
{
    public int Status => status;

    public string Code => code;

    /// <summary>When it is worth another try.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public JobId? JobId { get; init; }
}
