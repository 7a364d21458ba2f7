namespace WorkBench.Indexing;

/// <summary>Two texts and how much of them is alike.</summary>
/// <param name="First">The one.</param>
/// <param name="Second">The other.</param>
/// <param name="Share">From 0, nothing, to 1, everything.</param>
public sealed record Likeness(string First, string Second, double Share);
