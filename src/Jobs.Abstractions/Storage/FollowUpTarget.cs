using System.Globalization;

namespace Jobs.Storage;

/// <summary>The job that follows when another one ends, with its dead letter or as its callback: what a storage needs to know to store it without anybody's help.</summary>
/// <param name="Name">The stored name of the job that follows.</param>
/// <param name="Queue">Its queue.</param>
/// <param name="Priority">Its priority.</param>
/// <param name="Policy">How it is run, retried and kept. It names no target of its own.</param>
public sealed record FollowUpTarget(string Name, string Queue, int Priority, JobPolicy Policy)
{
    /// <summary>
    /// The target as text without spaces: name, queue, priority, the retentions in milliseconds where they differ from the defaults,
    /// and the policy with commas for its spaces. The retentions are there for storages that read the text in SQL.
    /// </summary>
    public string Format() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Name},{Queue},{Priority},{Retention(Policy.RetainCompleted, JobPolicy.Default.RetainCompleted)},{Retention(Policy.RetainFailed, JobPolicy.Default.RetainFailed)},{(Policy with { DeadLetter = null }).Format().Replace(' ', ',')}");

    /// <summary>Reads what <see cref="Format"/> wrote.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="FormatException">The text was not written by <see cref="Format"/>.</exception>
    public static FollowUpTarget Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var parts = text.Split(',', 6);
        return parts.Length == 6
            ? new FollowUpTarget(parts[0], parts[1], int.Parse(parts[2], CultureInfo.InvariantCulture), JobPolicy.Parse(parts[5].Replace(',', ' ')))
            : throw new FormatException($"'{text}' is not the target of a dead letter or callback.");
    }

    private static string Retention(TimeSpan value, TimeSpan standard) =>
        value == standard ? string.Empty : ((long)Math.Ceiling(value.TotalMilliseconds)).ToString(CultureInfo.InvariantCulture);
}
