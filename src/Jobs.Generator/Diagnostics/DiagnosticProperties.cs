namespace Jobs.Generator.Diagnostics;

/// <summary>What a diagnostic tells its code fix.</summary>
internal static class DiagnosticProperties
{
    /// <summary>The text that should stand where the diagnostic is.</summary>
    public const string Suggestion = nameof(Suggestion);

    /// <summary>A former name that the job should keep.</summary>
    public const string Alias = nameof(Alias);
}
