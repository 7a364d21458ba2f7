namespace Jobs.Http.Pushing;

/// <summary>How an attempt ended at the receiver, as stable codes.</summary>
internal static class PushCodes
{
    public const string HandlerError = "handler-error";
    public const string Timeout = "timeout";
    public const string NonRetryable = "non-retryable";
    public const string InvalidPayload = "invalid-payload";
    public const string NoHandler = "no-handler";
    public const string Snoozed = "snoozed";
    public const string Stopping = "stopping";
    public const string Cancelled = "cancelled";

    /// <summary>The receiver runs as much as it may, and has not begun.</summary>
    public const string Busy = "busy";

    /// <summary>The signature is missing, forged, stale or seen before.</summary>
    public const string Unauthenticated = "unauthenticated";
}
