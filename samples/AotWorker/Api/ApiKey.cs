using System.Security.Cryptography;
using System.Text;

namespace AotWorker.Api;

/// <summary>One caller of the API. Only the hash of his key is kept in memory.</summary>
internal sealed class ApiKey(string name, string key, IReadOnlyList<string> access)
{
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    public string Name => name;

    /// <summary>Of <see cref="ApiAccess.All"/>.</summary>
    public IReadOnlyList<string> Access => access;

    /// <summary>Compares in constant time, whatever the length.</summary>
    public bool Matches(ReadOnlySpan<byte> hash) => CryptographicOperations.FixedTimeEquals(_hash, hash);

    /// <exception cref="InvalidOperationException">An entry has no name, no key of at least 16 characters, or an access that does not exist.</exception>
    public static IReadOnlyList<ApiKey> Read(IConfigurationSection section) =>
    [
        .. section.GetChildren().Select(static entry => new ApiKey(
            entry["Name"] ?? throw Wrong(entry, "has no Name"),
            entry["Key"] is { Length: >= 16 } key ? key : throw Wrong(entry, "has no Key of at least 16 characters"),
            [.. entry.GetSection("Access").GetChildren().Select(access => ApiAccess.All.Contains(access.Value) ? access.Value! : throw Wrong(entry, $"has the Access '{access.Value}'; choose {string.Join(", ", ApiAccess.All)}"))])),
    ];

    private static InvalidOperationException Wrong(IConfigurationSection entry, string problem) => new($"{entry.Path} {problem}.");
}
