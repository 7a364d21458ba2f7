namespace Jobs.Http.Client;

/// <summary>When a request may be sent once more.</summary>
internal enum Resend
{
    /// <summary>Whenever its answer was lost: carried out twice, it does what it does once.</summary>
    Always,

    /// <summary>Only when it certainly was not carried out.</summary>
    IfRefused,
}
