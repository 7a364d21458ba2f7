using System.ComponentModel.DataAnnotations;

namespace WorkBench.Indexing;

/// <summary>A text to index.</summary>
/// <param name="Path">The full path of the file.</param>
public sealed record IndexTextInput([Required, StringLength(4096)] string Path);
