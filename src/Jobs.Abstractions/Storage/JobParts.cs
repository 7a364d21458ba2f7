namespace Jobs.Storage;

/// <summary>Which large parts a snapshot carries.</summary>
[Flags]
public enum JobParts
{
    /// <summary>Neither payload nor result.</summary>
    None = 0,

    /// <summary>The input.</summary>
    Payload = 1,

    /// <summary>The result.</summary>
    Result = 2,
}
