namespace WorkBench.Indexing;

/// <summary>What the index knows about a text.</summary>
/// <param name="Title">The file's name.</param>
/// <param name="Words">How many words it has.</param>
/// <param name="DistinctWords">How many different ones.</param>
public sealed record TextSummary(string Title, int Words, int DistinctWords);
