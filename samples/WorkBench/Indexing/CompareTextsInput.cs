using System.ComponentModel.DataAnnotations;

namespace WorkBench.Indexing;

/// <summary>How to compare.</summary>
/// <param name="Passes">How often each pair is compared: more work to watch.</param>
public sealed record CompareTextsInput([Range(1, 1000)] int Passes);
