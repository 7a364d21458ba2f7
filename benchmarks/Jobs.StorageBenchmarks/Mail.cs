namespace Jobs.StorageBenchmarks;

/// <summary>The payload of all contenders: about 180 bytes as JSON.</summary>
public sealed record Mail(string To, string Subject, string Body)
{
    public static Mail Sample { get; } = new("user@example.com", "Welcome", string.Concat(Enumerable.Repeat("Hello, and thank you for signing up. ", 3)));
}
