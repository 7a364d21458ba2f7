using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>Cuts errors to the size that the history keeps.</summary>
internal static class AttemptErrors
{
    public const int MaxMessageLength = 4000;
    public const int MaxStackTraceLength = 8000;

    public static JobError From(Exception exception) =>
        new(exception.GetType().FullName, Cut(exception.Message, MaxMessageLength)!, Cut(exception.StackTrace, MaxStackTraceLength));

    public static JobError From(string message) => new(null, Cut(message, MaxMessageLength)!, null);

    // U+0000 cannot be stored as text by every storage.
    public static string? Cut(string? text, int maxLength) => (text is null || text.Length <= maxLength ? text : text[..maxLength])?.Replace('\0', '\uFFFD');
}
