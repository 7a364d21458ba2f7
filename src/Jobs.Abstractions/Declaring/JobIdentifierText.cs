// Shared as source with the analyzers, so that the compiler and the run time cannot disagree. No dependency beyond netstandard2.0.
#nullable enable

namespace Jobs;

/// <summary>What names of jobs and queues may look like.</summary>
internal static class JobIdentifierText
{
    public const int MaxJobNameLength = 200;
    public const int MaxQueueNameLength = 100;

    /// <summary>Returns null when <paramref name="name"/> can be a job's name; otherwise what is wrong with it.</summary>
    public static string? CheckJobName(string? name) => Check(name, MaxJobNameLength);

    /// <summary>Returns null when <paramref name="name"/> can be a queue's name; otherwise what is wrong with it.</summary>
    public static string? CheckQueueName(string? name) => Check(name, MaxQueueNameLength);

    private static string? Check(string? name, int maxLength)
    {
        if (string.IsNullOrEmpty(name))
        {
            return "it is empty";
        }

        if (name!.Length > maxLength)
        {
            return $"it has {name.Length} characters, {maxLength} are allowed";
        }

        foreach (var c in name)
        {
            if (!IsAllowed(c))
            {
                return $"it contains '{c}'; letters, digits, '-', '_', '.', ':' and '/' are allowed";
            }
        }

        return null;
    }

    private static bool IsAllowed(char c) => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or ':' or '/';
}
