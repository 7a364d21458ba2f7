using System.ComponentModel.DataAnnotations;

namespace Jobs.Benchmarks;

/// <summary>The payload of all comparisons: about 180 bytes as JSON, as small as most are.</summary>
public sealed record Mail([Required, EmailAddress] string To, [Required, StringLength(200)] string Subject, string Body)
{
    public static Mail Sample { get; } = new("user@example.com", "Welcome", string.Concat(Enumerable.Repeat("Hello, and thank you for signing up. ", 3)));
}
