using System.Security.Cryptography;

namespace Jobs.Http.Signatures;

/// <summary>A key of the Standard Webhooks specification: <c>whsec_</c> and at least 24 bytes in base64.</summary>
internal sealed class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int MinBytes = 24;
    private const int MaxBytes = 64;
    private readonly byte[] _key;

    private WebhookSecret(byte[] key) => _key = key;

    /// <exception cref="JobException">The text is no key.</exception>
    public static WebhookSecret Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var encoded = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        var key = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, key, out var length) || length is < MinBytes or > MaxBytes)
        {
            // The text itself is a secret, and exceptions end up in logs.
            throw new JobException(JobErrorCodes.Configuration, $"A signing secret is not usable: it must be {MinBytes} to {MaxBytes} bytes in base64, with or without '{Prefix}'. Make one with: openssl rand -base64 32.");
        }

        return new WebhookSecret(key[..length]);
    }

    public byte[] Sign(ReadOnlySpan<byte> content) => HMACSHA256.HashData(_key, content);
}
