namespace Jobs.Fetching;

/// <summary>Why to claim.</summary>
internal enum ClaimHint
{
    /// <summary>There is no reason.</summary>
    None,

    /// <summary>The last claim left out names that share a limit.</summary>
    GoOn,

    /// <summary>There may be jobs, of whatever name.</summary>
    Fresh,
}
