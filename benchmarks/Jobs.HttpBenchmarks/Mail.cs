using System.ComponentModel.DataAnnotations;

namespace Jobs.HttpBenchmarks;

/// <summary>What is submitted: about 180 bytes as JSON.</summary>
public sealed record Mail([EmailAddress] string To, [Required, StringLength(200)] string Subject, string Body)
{
    public static Mail Sample { get; } = new("user@example.com", "Welcome", string.Concat(Enumerable.Repeat("Hello, and thank you for signing up. ", 3)));
}
