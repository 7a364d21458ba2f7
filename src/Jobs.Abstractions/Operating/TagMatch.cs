namespace Jobs;

/// <summary>How a filter's tags match a job's.</summary>
public enum TagMatch
{
    /// <summary>The job has all of them.</summary>
    All,

    /// <summary>The job has at least one of them.</summary>
    Any,

    /// <summary>The job has none of them.</summary>
    None,

    /// <summary>The job has exactly them.</summary>
    Exact,
}
