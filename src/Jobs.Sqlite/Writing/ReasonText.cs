namespace Jobs.Sqlite;

/// <summary>Failure reasons as the tables have them: their names, because numbers of an enumeration may shift; null for none.</summary>
internal static class ReasonText
{
    public static string? Format(FailureReason reason) => reason == FailureReason.None ? null : reason.ToString();

    /// <summary>A name from a newer version, or written by hand, counts as a handler's error.</summary>
    public static FailureReason Parse(string? text) =>
        text is null ? FailureReason.None : Enum.TryParse<FailureReason>(text, out var reason) ? reason : FailureReason.HandlerError;
}
