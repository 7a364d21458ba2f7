namespace Jobs;

/// <summary>A text is not a schedule.</summary>
public sealed class CronFormatException : FormatException
{
    internal CronFormatException(string text, CronProblem problem)
        : base($"'{text}' is not a schedule: {problem.Reason} (at position {problem.Position}).")
    {
        Position = problem.Position;
        Reason = problem.Reason;
    }

    /// <summary>Where in the text, as an index from 0.</summary>
    public int Position { get; }

    /// <summary>What is wrong there.</summary>
    public string Reason { get; }
}
