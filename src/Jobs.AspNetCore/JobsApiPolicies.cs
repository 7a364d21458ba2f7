namespace Jobs;

/// <summary>The authorization policies of one job or queue; what is null is as general as elsewhere.</summary>
public sealed class JobsApiPolicies
{
    /// <summary>The policy for looking.</summary>
    public string? Read { get; set; }

    /// <summary>The policy for submitting.</summary>
    public string? Submit { get; set; }

    /// <summary>The policy for changing what is there.</summary>
    public string? Operate { get; set; }
}
