namespace Jobs;

/// <summary>How the delay before a retry grows with the attempts. Attempt numbers start at 1.</summary>
public enum BackoffKind
{
    /// <summary>Whatever the level below says; in the end <see cref="Exponential"/>.</summary>
    Default,

    /// <summary>Always the backoff delay.</summary>
    Fixed,

    /// <summary>The backoff delay times the number of failed attempts.</summary>
    Linear,

    /// <summary>The backoff delay doubled with every failed attempt after the first.</summary>
    Exponential,
}
