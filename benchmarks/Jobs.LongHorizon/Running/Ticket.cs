namespace Jobs.LongHorizon.Running;

/// <summary>The payload.</summary>
/// <param name="Sequence">Its number among those of its producer.</param>
/// <param name="EnqueuedAt">When it was made, in milliseconds since 1970.</param>
/// <param name="Padding">Up to the size that the harness asks for.</param>
public sealed record Ticket(long Sequence, double EnqueuedAt, string Padding);
