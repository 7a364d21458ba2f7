namespace Jobs.Storage.Conformance.Model;

/// <summary>A wait as the reference model sees it.</summary>
internal sealed class ModelWait
{
    public required JobWaitToken Token { get; init; }

    public required int DueAt { get; init; }

    public byte[]? Answer { get; set; }
}
