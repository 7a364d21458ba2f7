namespace Jobs.PostgreSql;

/// <summary>The payloads of NOTIFY: a letter, a space, an argument.</summary>
internal static class Notification
{
    /// <summary>There may be jobs to claim; the argument is the sender, who knows.</summary>
    public const char Ready = 'r';

    /// <summary>A job ended; the argument is the sender.</summary>
    public const char Ended = 'e';

    /// <summary>Cancelling a running job was asked for; the argument is its id.</summary>
    public const char Cancel = 'c';

    /// <summary>Does this arrive? The argument is the sender, who asks.</summary>
    public const char Probe = 'p';

    /// <summary>A schedule was changed; the argument is the sender, who knows.</summary>
    public const char Schedules = 's';

    public static string Format(char kind, string argument) => $"{kind} {argument}";
}
