namespace Jobs.AspNetCore.Tests;

/// <summary>What happens to a request on its way.</summary>
public enum Fault
{
    None,

    /// <summary>It never arrives.</summary>
    LoseRequest,

    /// <summary>It is carried out, and the answer never arrives.</summary>
    LoseResponse,

    /// <summary>The service is too busy for it.</summary>
    TooBusy,

    /// <summary>It is carried out, and something on the way back answers in the service's place.</summary>
    BadGateway,
}
