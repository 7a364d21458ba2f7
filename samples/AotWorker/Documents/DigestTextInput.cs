using System.ComponentModel.DataAnnotations;

namespace AotWorker.Documents;

/// <param name="Text">The text.</param>
/// <param name="Top">How many of its most frequent words to tell.</param>
public sealed record DigestTextInput([Required, StringLength(100_000)] string Text, [Range(1, 100)] int Top = 3);
