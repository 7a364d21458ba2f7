using Jobs.Storage;

namespace Jobs.Execution;

/// <summary>Cuts errors to the size that the history keeps.</summary>
internal static class AttemptErrors
{
    public const int MaxMessageLength = 4000;
    public const int MaxStackTraceLength = 8000;

    public static JobError From(Exception exception)
    {
        var type = exception.GetType().FullName;
        try
        {
            return new JobError(type, Cut(exception.Message, MaxMessageLength)!, Cut(exception.StackTrace, MaxStackTraceLength));
        }
        catch (Exception unreadable)
        {
            // An exception's own code runs here; it must not keep the attempt from ending.
            return new JobError(type, $"The exception's message cannot be read: its own code threw {unreadable.GetType().FullName}.", null);
        }
    }

    public static JobError From(string message) => new(null, Cut(message, MaxMessageLength)!, null);

    // U+0000 cannot be stored as text by every storage.
    public static string? Cut(string? text, int maxLength) => (text is null || text.Length <= maxLength ? text : text[..maxLength])?.Replace('\0', '\uFFFD');
}
