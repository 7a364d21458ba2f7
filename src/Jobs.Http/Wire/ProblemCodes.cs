namespace Jobs.Http.Wire;

/// <summary>Codes of problems that only exist over HTTP; the others are those of <see cref="JobErrorCodes"/>.</summary>
internal static class ProblemCodes
{
    public const string Unauthenticated = "unauthenticated";
    public const string Forbidden = "forbidden";
    public const string NoSuchRoute = "no-such-route";
    public const string MethodNotAllowed = "method-not-allowed";
    public const string MalformedJson = "malformed-json";
    public const string UnsupportedMediaType = "unsupported-media-type";
    public const string BodyTooLarge = "body-too-large";
    public const string BadRequest = "bad-request";
    public const string InvalidParameter = "invalid-parameter";
    public const string UnknownParameter = "unknown-parameter";
    public const string WrongState = "wrong-state";
    public const string AlreadyAnswered = "already-answered";
    public const string TooLate = "too-late";
    public const string UnboundedFilter = "unbounded-filter";
    public const string PreconditionFailed = "precondition-failed";
    public const string TooManyRequests = "too-many-requests";
    public const string TooManyStreams = "too-many-streams";
    public const string Internal = "internal";
}
